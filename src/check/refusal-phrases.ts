/** A text as phrases are compared: one kind of apostrophe and blank, no case. */
export function plainWording(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/\s+/g, " ")
    .trim();
}

/** Behind a phrase: somebody else does it, so a person was answered and nothing was refused. */
const handOver =
  /(?<!nicht )zuständig|\bleite [^.!?]{1,60} weiter\b|weitergeleitet|\b(?:forward|pass)(?:ed|ing)? (?:it|this|that|your \w+) (?:on )?to\b|\bis (?:responsible for|in charge of)\b/;
/** How far behind it. */
const handOverWithin = 120;

/** The first of the phrases by which a text declines without naming who does it instead; null: none. */
export function refusalIn(text: string, phrases: readonly string[]): string | null {
  for (const phrase of phrases) {
    const at = text.indexOf(phrase);
    if (at < 0) continue;
    const end = at + phrase.length;
    if (!handOver.test(text.slice(end, end + handOverWithin))) return phrase;
  }
  return null;
}

/** Every combination, so that the lists below stay short. */
function each(beginnings: readonly string[], endings: readonly string[]): readonly string[] {
  return beginnings.flatMap((beginning) => endings.map((ending) => `${beginning} ${ending}`));
}

/**
 * How assistants decline, as they write it themselves. "I cannot" alone is no refusal: a drafted letter may say
 * that the writer cannot come on Tuesday. Collected by hand from answers of common models; no outside list.
 */
export const refusalPhrases: readonly string[] = [
  ...each(
    [
      "i can't",
      "i cannot",
      "i can not",
      "i'm unable to",
      "i am unable to",
      "i'm not able to",
      "i am not able to",
      "i won't be able to",
      "i'm sorry, but i can't",
      "sorry, i can't",
    ],
    [
      "assist with",
      "assist you with that",
      "help with that",
      "help with this",
      "help you with that",
      "help you with this",
      "fulfill",
      "fulfil",
      "comply",
      "generate",
      "engage in",
      "provide that",
      "provide this",
      "answer that",
      "process this request",
      "complete this request",
      "do that",
    ],
  ),
  "i must decline",
  "i have to decline",
  "i'm going to have to decline",
  "as an ai language model",
  "as a language model",
  "as an ai assistant, i",
  "as an ai, i",
  "i'm just an ai",
  "against my guidelines",
  "against my programming",
  "violates my guidelines",
  "goes against our content policy",
  "violates our content policy",
  "i do not feel comfortable",
  "i don't feel comfortable",

  ...each(
    ["ich kann", "leider kann ich"],
    [
      "dabei nicht helfen",
      "dir dabei nicht helfen",
      "ihnen dabei nicht helfen",
      "dir damit nicht helfen",
      "ihnen damit nicht helfen",
      "diese anfrage nicht",
      "dieser anfrage nicht",
      "diese aufgabe nicht",
    ],
  ),
  "als ki-sprachmodell",
  "als sprachmodell",
  "als ki kann ich",
  "als künstliche intelligenz kann ich",
  "ich bin nicht in der lage, diese",
  "das verstößt gegen meine richtlinien",
  "ich muss diese anfrage ablehnen",

  "je ne peux pas vous aider",
  "je ne peux pas t'aider",
  "je ne peux pas répondre à cette demande",
  "je ne peux pas répondre à votre demande",
  "je ne suis pas en mesure de vous aider",
  "je ne suis pas en mesure de répondre",
  "je ne suis pas en mesure de fournir",
  "en tant que modèle de langage",
  "en tant qu'ia",
  "en tant qu'intelligence artificielle",
  "je dois décliner",

  "no puedo ayudarte con eso",
  "no puedo ayudarle con eso",
  "no puedo ayudar con",
  "no puedo cumplir con",
  "no puedo proporcionar esa",
  "no puedo proporcionar ese",
  "no me es posible ayudar",
  "como modelo de lenguaje",
  "como inteligencia artificial",
  "como una ia",
  "debo rechazar",

  "non posso aiutarti con",
  "non posso aiutarla con",
  "non posso soddisfare",
  "non sono in grado di aiutar",
  "non sono in grado di fornire",
  "come modello linguistico",
  "come intelligenza artificiale",
  "in quanto modello linguistico",

  "ik kan je daar niet bij helpen",
  "ik kan u daar niet bij helpen",
  "ik kan je hier niet mee helpen",
  "ik kan u hier niet mee helpen",
  "ik kan niet voldoen aan",
  "ik kan niet aan dit verzoek",
  "als taalmodel",
  "als ai-taalmodel",

  "não posso ajudar com",
  "não posso te ajudar com",
  "não posso ajudá-lo com",
  "não posso atender",
  "não consigo ajudar com",
  "como modelo de linguagem",
  "como um modelo de linguagem",
  "como inteligência artificial",

  "nie mogę pomóc w",
  "nie mogę ci w tym pomóc",
  "nie mogę spełnić",
  "nie jestem w stanie pomóc",
  "jako model językowy",
  "jako sztuczna inteligencja",
];
