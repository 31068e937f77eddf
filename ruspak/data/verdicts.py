"""The six verdicts on a claim, in the order in which they are shown, and what each means."""

VERDICTS = {
    "supported": "the part that can be checked held at the date of the text",
    "mixed": "one part holds, another fails or is not shown; or a cause is only inferred",
    "contradicted": "it was untrue at the date of the text",
    "outdated": "it held then; the same sentence would be false now",
    "unverifiable": "no test is possible with what is known",
    "open": "a test is possible, but the evidence is missing",
}
