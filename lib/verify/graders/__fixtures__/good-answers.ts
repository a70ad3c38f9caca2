/** For tests: a good answer to every case of the suite, one list of steps for each prompt. */
import type { Said } from "./script-trial";

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
};
