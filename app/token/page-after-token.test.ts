import { expect, it } from "vitest";

import { pageAfterToken } from "./page-after-token";

it.each([
  ["", "/"],
  ["?to=%2F%3Flane%3Da%2Fb%26prompt%3Dx%2520y", "/?lane=a/b&prompt=x%20y"],
  ["?to=https%3A%2F%2Fevil.example%2F", "/"],
  ["?to=%2F%2Fevil.example", "/"],
  ["?to=%2F%5Cevil.example", "/"],
  ["?to=javascript%3Aalert(1)", "/"],
  ["?to=%2Ftoken%3Fto%3D%252Ftoken", "/"],
  ["?to=http%3A%2F%2F%5B", "/"],
  ["?to=%2F#link=1abc", "/#link=1abc"],
  ["?to=%2F%3Flane%3Da%2Fb#link=1abc", "/?lane=a/b#link=1abc"],
  ["?to=%2F%23there#link=1abc", "/#link=1abc"],
])("the address /token%s leads to %s", (search, page) => {
  expect(pageAfterToken(`http://127.0.0.1:3000/token${search}`)).toBe(page);
});
