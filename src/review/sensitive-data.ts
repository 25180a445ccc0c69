/** What the name of a kind of data holds that calls for an approval before an AI may see it, unless the configuration says otherwise. */
export const usualSensitiveWords = [
  ...["customer", "client", "patient", "employee", "applicant", "candidate", "person", "name", "contact"],
  ...[
    "address",
    "email",
    "e-mail",
    "phone",
    "health",
    "medical",
    "salary",
    "payroll",
    "bank",
    "iban",
    "card",
  ],
  ...["payment", "passport", "identity", "password", "secret", "confidential", "message"],
  ...["kunde", "mitarbeiter", "gehalt", "gesundheit", "bewerb", "konto", "vertraulich"],
] as const;

/** Of the kinds of data that an entry states, those whose names hold one of the words, in capitals or not. */
export function sensitiveAmong(
  dataClasses: readonly string[],
  words: readonly string[] = usualSensitiveWords,
): readonly string[] {
  const plain = words.map((word) => word.toLowerCase());
  return dataClasses.filter((each) => plain.some((word) => each.toLowerCase().includes(word)));
}
