"""The six verdicts on a claim, in the order in which they are shown, and what each means."""

VERDICTS = {
    "supported": "every part that can be checked was shown for that time",
    "mixed": "one part holds, another fails or is not shown; or a cause is only inferred",
    "contradicted": "the sources say otherwise",
    "outdated": "true then, but false if somebody said it now",
    "unverifiable": "nothing in it can be tested: only words that judge, or no measure",
    "open": "a test is possible, but the evidence is missing",
}
