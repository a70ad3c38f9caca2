/** Two dozen tools that are alike: each returns one fact of an order. */
import type { CaseTool } from "@/lib/verify/case";

import { writeTool } from "./build-case";

const FACTS: Readonly<Record<string, string>> = {
  order_status: "the state of an order: new, packed, shipped or returned",
  order_total: "what an order costs in total",
  order_items: "the items of an order",
  order_item_count: "how many items an order has",
  order_date: "the date on which an order was placed",
  order_payment_date: "the date on which an order was paid",
  order_shipping_date: "the date on which an order leaves the warehouse",
  order_delivery_date: "the date on which an order arrives at the customer",
  order_return_date: "the last date on which an order can be returned",
  order_invoice_date: "the date of an order's invoice",
  order_invoice: "the invoice of an order",
  order_discount: "the discount on an order",
  order_tax: "the tax on an order",
  order_currency: "the currency of an order",
  order_customer: "who placed an order",
  order_seller: "who sells an order",
  order_address: "where an order is sent",
  order_billing_address: "where an order's invoice is sent",
  order_carrier: "who carries an order",
  order_tracking: "the tracking number of an order",
  order_weight: "the weight of an order's parcel",
  order_notes: "what a customer wrote about an order",
  order_history: "all changes of an order",
  order_gift_message: "the message that goes with an order as a gift",
};

/** The tools of the case S3. */
export const ORDER_TOOLS: readonly CaseTool[] = Object.entries(FACTS).map(([fact, what]) =>
  writeTool({
    name: `get_${fact}`,
    description: `Returns ${what}.`,
    properties: { order_id: { type: "string" } },
  }),
);
