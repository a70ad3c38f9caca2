type Page = { readonly title: string; readonly url: string; readonly snippet: string };

/** Ten invented pages, so that a search finds something to read and something to leave. */
export const PAGES: readonly Page[] = [
  {
    title: "Florence – travel guide",
    url: "https://example.com/florence",
    snippet: "What to see in three days: the cathedral, the Uffizi and the hills across the river.",
  },
  {
    title: "Weather in Tuscany by month",
    url: "https://example.org/tuscany/weather",
    snippet: "Late September is warm and dry in Florence and Siena, with highs around 25 degrees.",
  },
  {
    title: "Uffizi opening hours and tickets",
    url: "https://example.com/uffizi",
    snippet: "Open Tuesday to Sunday, 8:15 to 18:30. Book a time in advance from March to October.",
  },
  {
    title: "Trains from Florence to Rome",
    url: "https://example.net/trains/florence-rome",
    snippet: "Fast trains leave every half hour and take 1 hour 35 minutes. From 19.90 euros.",
  },
  {
    title: "Where to eat in Florence",
    url: "https://example.com/florence/food",
    snippet: "Twelve small restaurants near the central market, with prices and days they close.",
  },
  {
    title: "Florence airport to the city center",
    url: "https://example.net/airport",
    snippet: "The tram takes 20 minutes and costs 1.70 euros. A taxi costs 25 euros, more at night.",
  },
  {
    title: "A short history of the Medici",
    url: "https://example.org/history/medici",
    snippet: "How a family of bankers came to rule Florence, and what they left to the city.",
  },
  {
    title: "Day trips from Florence",
    url: "https://example.com/florence/day-trips",
    snippet: "Siena, Pisa, Lucca and the Chianti hills by bus and train, with travel times.",
  },
  {
    title: "Hotels in Florence under 120 euros",
    url: "https://example.com/florence/hotels",
    snippet: "Nine quiet hotels within walking distance of the station and the cathedral.",
  },
  {
    title: "Rome in two days",
    url: "https://example.com/rome",
    snippet: "The Colosseum, the Pantheon and the Vatican Museums, without standing in line twice.",
  },
];
