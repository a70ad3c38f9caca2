/** For tests: a good answer to every case of the suite, one list of steps for each prompt. */
import type { JsonObject } from "@/lib/stream/turn/json";
import type { GradedTrial } from "@/lib/verify/graders/graded-trial";
import { ESCAPED_TEXT, LONG_TEXT } from "@/lib/verify/suite/argument-texts";

import type { Said } from "./script-trial";

const CHOSEN: JsonObject = { tools: [], tool_choice: "required", parallel_tool_calls: false };
const AS_SENT = { facts: { request: CHOSEN } };
const SCHEMA_SENT = { facts: { request: { response_format: { type: "json_schema" } } } };

/** By the case's id. */
export const GOOD_ANSWERS: Readonly<Record<string, readonly (readonly Said[])[]>> = {
  W1: [[{ text: "Olá!" }]],
  W2: [[{ text: "cobalt" }]],
  W3: [[{ text: "The capital of Peru is Lima." }]],
  W4: [[{ thought: "From 9:40 to 13:15.", text: "215 minutes." }]],
  W5: [[{ text: "one, two, three", finish: "length" }]],
  W6: [[{ calls: [["weather", { location: "Oslo" }]] }]],
  S1: [[{ calls: [["weather", { location: "Florence, Italy" }]] }, { text: "It is 40 °C in Florence." }]],
  S2: [[{ calls: [["convert_currency", { amount: 250, from: "USD", to: "JPY" }]] }]],
  S3: [[{ calls: [["get_order_delivery_date", { order_id: "88213" }]] }]],
  S4: [[{ calls: [["list_open_tickets", {}]] }]],
  S5: [[{ calls: [["calculate", { expression: "sin(0.59)" }]] }, { text: "0.5564" }]],
  P1: [
    [
      {
        calls: [
          ["add", { a: 2, b: 3 }],
          ["multiply", { a: 2, b: 3 }],
        ],
      },
      { text: "The sum is 5 and the product is 6." },
    ],
  ],
  W7: [[{ refused: { status: 400, message: "narrator is not a role." } }]],
  A1: [
    [
      {
        calls: [
          [
            "register_sensor",
            { name: "roof-2", channel: 7, gain: 0.25, active: true, tags: ["outdoor", "north"], note: null },
          ],
        ],
      },
    ],
  ],
  A2: [
    [
      {
        calls: [
          [
            "create_invoice",
            {
              customer: {
                name: "Mara Lind",
                address: { street: "Elm Street 4", zip: "20095", city: "Hamburg" },
              },
              lines: [
                { item: "lamp", quantity: 2, unit_price: 35.5 },
                { item: "desk", quantity: 1, unit_price: 240 },
              ],
            },
          ],
        ],
      },
    ],
  ],
  A3: [[{ calls: [["set_unit_system", { system: "metric" }]] }]],
  A4: [[{ calls: [["search_books", { query: "lighthouses" }]] }]],
  A5: [[{ calls: [["book_room", { room: "Birch", date: "07-09-2026" }]] }]],
  A6: [[{ calls: [["save_note", { text: ESCAPED_TEXT }]] }]],
  A7: [[{ calls: [["archive_log", { text: LONG_TEXT }]] }]],
  A8: [[{ calls: [["reserve_table", { restaurant: "the Anchor", guests: 2 }]] }]],
  A9: [[{ calls: [["update_profile", { phone: "555 0100" }]] }]],
  N1: [[{ text: "Miguel de Cervantes wrote it." }]],
  N2: [[{ text: "I have two: weather and convert_currency." }]],
  N3: [[{ text: "```python\nimport time\n```" }]],
  N4: [[{ calls: [["search_files", { query: "quarterly report" }]] }]],
  N5: [[{ text: "No, it is dry there right now." }]],
  N6: [[{ text: "Where does the ride begin, and on which day?" }]],
  N7: [[{ text: "I have no tool that sends email." }]],
  P2: [
    [
      { calls: ["Quito", "Oslo", "Lima", "Cairo"].map((location) => ["weather", { location }]) },
      { text: "Lima has 19 °C, Cairo 24 °C, Oslo -3 °C and Quito 14 °C." },
    ],
  ],
  P3: [
    [
      { calls: [["weather", { location: "Lima" }]], ...AS_SENT },
      { calls: [["weather", { location: "Cairo" }]] },
      { text: "19 °C and 24 °C." },
    ],
  ],
  P4: [[{ calls: ["Lima", "Cairo"].map((location) => ["weather", { location }]), ids: ["a", "b"] }]],
  C1: [[{ text: "I can't look it up.", ...AS_SENT }]],
  C2: [[{ calls: [["set_mood", { mood: "calm" }]], ...AS_SENT }]],
  C3: [[{ calls: [["search_files", { query: "weather in Paris" }]], ...AS_SENT }]],
  T1: [
    [
      { calls: [["find_customer", { name: "Mara Lind" }]] },
      { calls: [["get_last_order", { customer_id: "C-4471" }]] },
      { text: "A walnut desk." },
    ],
  ],
  T2: [
    [
      { calls: [["find_product", { name: "Halden lamp" }]] },
      { calls: [["get_stock", { product_id: "P-310" }]] },
      { calls: [["get_warehouse", { warehouse_id: "W-9" }]] },
      { calls: [["get_contact", { contact_id: "K-77" }]] },
      { text: "Call Ida Roth at 555-0142." },
    ],
  ],
  T3: [
    [
      { calls: [["book_table", { guests: 4, date: "2026-03-07", time: "19:00" }]] },
      { text: "Booked for four." },
    ],
    [
      { calls: [["book_table", { guests: 6, date: "2026-03-07", time: "19:00" }]] },
      { text: "Changed to six." },
    ],
  ],
  T4: [
    [{ text: "I can't convert currencies." }],
    [
      { calls: [["convert_currency", { amount: 100, from: "EUR", to: "USD" }]] },
      { text: "100 euros are 108.40 US dollars." },
    ],
  ],
  T5: [
    [{ thought: "Look it up.", calls: [["weather", { location: "Turin" }]] }, { text: "17 °C and windy." }],
  ],
  R1: [[{ calls: [["get_balance", { account: "7731" }]] }, { text: "The ledger is unavailable." }]],
  R2: [[{ calls: [["get_boiling_point", { substance: "water" }]] }, { text: "At 74 °C." }]],
  R3: [[{ calls: [["check_job", { job: "51" }]] }, { text: "It is not done yet." }]],
  J1: [
    [
      {
        thought: "Mars is the fourth.",
        text: '{"name": "Mars", "position": 4, "moons": ["Phobos", "Deimos"]}',
        ...SCHEMA_SENT,
      },
    ],
  ],
  J2: [
    [
      { calls: [["weather", { location: "Kyoto" }]], ...SCHEMA_SENT },
      { text: '{"city": "Kyoto", "celsius": 11}', ...SCHEMA_SENT },
    ],
  ],
  E1: [[{ text: "Hello." }]],
  E2: [[{ text: "Eve, Cem, Dia, Ben, Ann." }]],
  X1: [[{ calls: [["read_file", { path: "minutes.txt" }]] }, { text: "The budget was approved." }]],
  L1: [[{ calls: [["file_ticket", { machine: "M-7702", problem: "leaks oil" }]] }]],
};

/** What is known of a lane whose effort reaches the prompt and the thoughts. */
export const GOOD_EFFORTS: GradedTrial["efforts"] = {
  renders: [
    { effort: "low", prompt: "Reasoning: low" },
    { effort: "high", prompt: "Reasoning: high" },
  ],
  levels: [
    { effort: "low", reasoningTokens: [20, 31, 25] },
    { effort: "high", reasoningTokens: [210, 180, 400] },
  ],
};
