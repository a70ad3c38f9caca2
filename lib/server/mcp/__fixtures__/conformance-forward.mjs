// @ts-check
/** The client that the conformance suite starts: hands the scenario to the test that started the suite. */
const [, , driver = "", url = ""] = process.argv;
const scenario = process.env["MCP_CONFORMANCE_SCENARIO"];
const context = JSON.parse(process.env["MCP_CONFORMANCE_CONTEXT"] ?? "{}");
const response = await fetch(driver, { method: "POST", body: JSON.stringify({ scenario, context, url }) });
console.log(await response.text());
process.exitCode = response.ok ? 0 : 1;
