/** A: arguments of every kind, as they were asked for. */
import type { VerifyCase } from "@/lib/verify/case";

import { ESCAPED_TEXT, LONG_TEXT, PROFILE_FIELDS } from "./argument-texts";
import { call, calls, exactly, like, oneOf, writeCase, writeTool } from "./build-case";

/** The cases of the group "arguments". */
export const ARGUMENT_CASES: readonly VerifyCase[] = [
  writeCase({
    id: "A1",
    group: "arguments",
    title: "every JSON type",
    prompt:
      'Register a sensor: its name is "roof-2", its channel 7, its gain 0.25, it is active, its tags are "outdoor" and "north", and its note is null, written as null.',
    tools: [
      writeTool({
        name: "register_sensor",
        description: "Registers a sensor. Every field must be given.",
        properties: {
          name: { type: "string" },
          channel: { type: "integer" },
          gain: { type: "number" },
          active: { type: "boolean" },
          tags: { type: "array", items: { type: "string" } },
          note: { type: ["string", "null"] },
        },
      }),
    ],
    expects: [
      calls([
        call("register_sensor", {
          name: exactly("roof-2"),
          channel: exactly(7),
          gain: exactly(0.25),
          active: exactly(true),
          tags: exactly(["outdoor", "north"]),
          note: exactly(null),
        }),
      ]),
    ],
  }),
  writeCase({
    id: "A2",
    group: "arguments",
    title: "objects in objects and lists",
    prompt:
      "Write an invoice for Mara Lind, Elm Street 4, 20095 Hamburg: 2 lamps at 35.50 each and 1 desk at 240.",
    tools: [
      writeTool({
        name: "create_invoice",
        description: "Creates an invoice.",
        properties: {
          customer: {
            type: "object",
            properties: {
              name: { type: "string" },
              address: {
                type: "object",
                properties: {
                  street: { type: "string" },
                  zip: { type: "string" },
                  city: { type: "string" },
                },
                required: ["street", "zip", "city"],
              },
            },
            required: ["name", "address"],
          },
          lines: {
            type: "array",
            items: {
              type: "object",
              properties: {
                item: { type: "string", description: "In the singular, such as chair" },
                quantity: { type: "integer" },
                unit_price: { type: "number" },
              },
              required: ["item", "quantity", "unit_price"],
            },
          },
        },
      }),
    ],
    expects: [
      calls([
        call("create_invoice", {
          customer: oneOf({
            name: "Mara Lind",
            address: { street: "Elm Street 4", zip: "20095", city: "Hamburg" },
          }),
          lines: oneOf(
            [
              { item: "lamp", quantity: 2, unit_price: 35.5 },
              { item: "desk", quantity: 1, unit_price: 240 },
            ],
            [
              { item: "desk", quantity: 1, unit_price: 240 },
              { item: "lamp", quantity: 2, unit_price: 35.5 },
            ],
          ),
        }),
      ]),
    ],
  }),
  writeCase({
    id: "A3",
    group: "arguments",
    title: "a value of an enum, in other words",
    prompt: "From now on show me distances in kilometers and temperatures in Celsius.",
    tools: [
      writeTool({
        name: "set_unit_system",
        description: "Chooses the units that are shown.",
        properties: { system: { type: "string", enum: ["metric", "imperial", "nautical"] } },
      }),
    ],
    expects: [calls([call("set_unit_system", { system: exactly("metric") })])],
  }),
  writeCase({
    id: "A4",
    group: "arguments",
    title: "optional arguments left out",
    prompt: "Find books about lighthouses.",
    tools: [
      writeTool({
        name: "search_books",
        description: "Finds books in a library.",
        properties: {
          query: { type: "string" },
          limit: { type: "integer", description: "Most books to return", default: 10 },
          published_after: { type: "integer", description: "Only books that appeared after this year" },
          shelf: { type: "string", description: "Only books on this shelf, such as B12" },
        },
        required: ["query"],
      }),
    ],
    expects: [calls([call("search_books", { query: like("lighthouse"), limit: exactly(10) }, ["limit"])])],
  }),
  writeCase({
    id: "A5",
    group: "arguments",
    title: "a date in the tool's own format",
    prompt: "Book the room Birch for the 9th of July 2026.",
    tools: [
      writeTool({
        name: "book_room",
        description: "Books a meeting room for a day.",
        properties: { room: { type: "string" }, date: { type: "string", description: "MM-DD-YYYY" } },
      }),
    ],
    expects: [calls([call("book_room", { room: oneOf("Birch"), date: { is: "raw", value: "07-09-2026" } })])],
  }),
  writeCase({
    id: "A6",
    group: "arguments",
    title: "quotes, line breaks, backslashes and markup in a text",
    prompt: `Save a note. Its text is exactly what stands between the two lines of equals signs, character by character, with its line break:\n=====\n${ESCAPED_TEXT}\n=====`,
    tools: [
      writeTool({
        name: "save_note",
        description: "Saves a note as it is given.",
        properties: { text: { type: "string" } },
      }),
    ],
    expects: [calls([call("save_note", { text: { is: "raw", value: ESCAPED_TEXT } })])],
  }),
  writeCase({
    id: "A7",
    group: "arguments",
    title: "a text of 2,000 characters",
    prompt: `Archive this log as it stands, all of it:\n${LONG_TEXT}`,
    tools: [
      writeTool({
        name: "archive_log",
        description: "Archives a log as it is given.",
        properties: { text: { type: "string" } },
      }),
    ],
    expects: [calls([call("archive_log", { text: oneOf(LONG_TEXT) })])],
  }),
  writeCase({
    id: "A8",
    group: "arguments",
    title: "a number as a number",
    prompt: "Reserve a table for two at the Anchor.",
    tools: [
      writeTool({
        name: "reserve_table",
        description: "Reserves a table.",
        properties: { restaurant: { type: "string" }, guests: { type: "integer" } },
      }),
    ],
    expects: [
      calls([
        call("reserve_table", {
          restaurant: oneOf("the Anchor", "Anchor"),
          guests: { is: "number", value: 2, tolerance: 0 },
        }),
      ]),
    ],
  }),
  writeCase({
    id: "A9",
    group: "arguments",
    title: "one of 40 optional arguments",
    prompt: "Change my phone number to 555 0100 and nothing else.",
    tools: [
      writeTool({
        name: "update_profile",
        description: "Changes fields of a person's profile. What is left out stays as it is.",
        properties: Object.fromEntries(PROFILE_FIELDS.map((name) => [name, { type: "string" }])),
        required: [],
      }),
    ],
    expects: [calls([call("update_profile", { phone: oneOf("555 0100") })])],
  }),
];
