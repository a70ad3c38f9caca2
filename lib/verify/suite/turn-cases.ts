/** T: several steps and several turns. */
import type { VerifyCase } from "@/lib/verify/case";

import { byArgument, call, calls, exactly, like, oneOf, says, writeCase, writeTool } from "./build-case";
import { currencyTool, weatherTool } from "./case-tools";

const BOOKING = writeTool({
  name: "book_table",
  description: "Books a table, or changes the booking of that evening.",
  properties: {
    guests: { type: "integer" },
    date: { type: "string", description: "YYYY-MM-DD" },
    time: { type: "string", description: "HH:MM, 24 hours" },
  },
  answers: "Booked.",
});

/** The cases of the group "turns". */
export const TURN_CASES: readonly VerifyCase[] = [
  writeCase({
    id: "T1",
    group: "turns",
    title: "a chain of two calls",
    prompt: "What did the customer Mara Lind order last?",
    tools: [
      writeTool({
        name: "find_customer",
        description: "Finds a customer by name and returns the customer's id.",
        properties: { name: { type: "string" } },
        answers: '{"customer_id": "C-4471"}',
      }),
      writeTool({
        name: "get_last_order",
        description: "Returns the last order of a customer.",
        properties: { customer_id: { type: "string", description: "As find_customer returns it" } },
        answers: byArgument("customer_id", { "C-4471": '{"item": "walnut desk", "quantity": 1}' }),
      }),
    ],
    isPerEffort: true,
    expects: [
      {
        grader: "sequence",
        calls: [
          call("find_customer", { name: oneOf("Mara Lind") }),
          call("get_last_order", { customer_id: oneOf("C-4471") }),
        ],
        maxSteps: 4,
      },
      says("walnut desk"),
    ],
  }),
  writeCase({
    id: "T2",
    group: "turns",
    title: "a chain of four calls",
    prompt:
      "Which phone number do I call about the stock of the product Halden lamp? Find the product, its warehouse, that warehouse's contact, and the contact's number.",
    tools: [
      writeTool({
        name: "find_product",
        description: "Finds a product by name and returns its id.",
        properties: { name: { type: "string" } },
        answers: '{"product_id": "P-310"}',
      }),
      writeTool({
        name: "get_stock",
        description: "Returns where a product is in stock.",
        properties: { product_id: { type: "string" } },
        answers: byArgument("product_id", { "P-310": '{"warehouse_id": "W-9", "pieces": 14}' }),
      }),
      writeTool({
        name: "get_warehouse",
        description: "Returns the facts of a warehouse.",
        properties: { warehouse_id: { type: "string" } },
        answers: byArgument("warehouse_id", { "W-9": '{"city": "Bremen", "contact_id": "K-77"}' }),
      }),
      writeTool({
        name: "get_contact",
        description: "Returns how a contact is reached.",
        properties: { contact_id: { type: "string" } },
        answers: byArgument("contact_id", { "K-77": '{"name": "Ida Roth", "phone": "555-0142"}' }),
      }),
    ],
    expects: [
      {
        grader: "sequence",
        calls: [
          call("find_product", { name: like("halden") }),
          call("get_stock", { product_id: oneOf("P-310") }),
          call("get_warehouse", { warehouse_id: oneOf("W-9") }),
          call("get_contact", { contact_id: oneOf("K-77") }),
        ],
        maxSteps: 6,
      },
      says("555-0142"),
    ],
  }),
  writeCase({
    id: "T3",
    group: "turns",
    title: "a value corrected after the call",
    prompt: [
      { text: "Book a table for four on March 7 at 7 pm.", tools: null },
      { text: "Sorry, we will be six. Please change it.", tools: null },
    ],
    tools: [BOOKING],
    expects: [
      calls(
        [
          call("book_table", {
            guests: exactly(6),
            date: { is: "raw", value: "2026-03-07" },
            time: oneOf("19:00"),
          }),
        ],
        { of: { prompt: 1 } },
      ),
    ],
  }),
  writeCase({
    id: "T4",
    group: "turns",
    title: "a tool that comes with the second prompt",
    prompt: [
      { text: "How much are 100 euros in US dollars today?", tools: ["weather"] },
      { text: "You have a tool for currencies now. Try again.", tools: null },
    ],
    tools: [weatherTool(), currencyTool("108.40 USD")],
    expects: [
      calls([call("convert_currency", { amount: exactly(100), from: oneOf("EUR"), to: oneOf("USD") })], {
        of: { prompt: 1 },
      }),
      says("108.40", "108.4"),
    ],
  }),
  writeCase({
    id: "T5",
    group: "turns",
    title: "a history without its thoughts",
    prompt: "What's the weather in Turin?",
    tools: [weatherTool("17 °C, windy")],
    ask: { thinking: "on", thoughts: "dropped" },
    expects: [{ grader: "http", status: "2xx-or-4xx" }],
    exercised: [{ what: "reasoning" }, { what: "result-given", tool: "weather" }],
  }),
];
