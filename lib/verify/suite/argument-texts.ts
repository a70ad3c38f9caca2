/** Texts and names that arguments are made of. */

/** All that a server's parser may stumble over in a string. */
export const ESCAPED_TEXT =
  'Zoë said "naïve", 東京 ✓ and C:\\new\\table.\nThe tag </tool_call> and the braces {"a": [1]} are text.';

const WORDS = "amber basin cedar delta ember fjord grove heath inlet jetty".split(" ");

/** 40 lines of 49 characters, and 39 line breaks and a last word between and behind them: 2,000 in all. */
export const LONG_TEXT = longText();

function longText(): string {
  const lines = Array.from({ length: 40 }, (_, line) => {
    const words = Array.from({ length: 8 }, (_word, place) => WORDS[(line * 7 + place * 3) % WORDS.length]);
    return `${String(line + 1).padStart(2, "0")} ${words.join(" ")}`.slice(0, 46).padEnd(49, ".");
  });
  return `${lines.join("\n")}.`;
}

/** Fields of a profile. */
export const PROFILE_FIELDS: readonly string[] = [
  ..."first_name last_name middle_name nickname title pronouns phone mobile fax email".split(" "),
  ..."website street house_number floor zip city region country time_zone language".split(" "),
  ..."company department role manager employee_id birthday hire_date photo_url bio signature".split(" "),
  ..."twitter github linkedin emergency_contact emergency_phone shirt_size diet badge_color desk notes".split(
    " ",
  ),
];
