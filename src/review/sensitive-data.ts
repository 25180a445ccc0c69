/** Words in the name of a kind of data that call for an approval before an AI may see it. */
const sensitiveWords =
  /customer|client|patient|employee|applicant|candidate|personal|person|name|contact|address|e-?mail|phone|health|medical|salary|payroll|bank|iban|card|payment|passport|identity|password|secret|confidential|message|kunde|mitarbeiter|gehalt|gesundheit|bewerb|konto|vertraulich/i;

/** Of the kinds of data that an entry states, those that touch people, money or secrets, by their names. */
export function sensitiveAmong(dataClasses: readonly string[]): readonly string[] {
  return dataClasses.filter((each) => sensitiveWords.test(each));
}
