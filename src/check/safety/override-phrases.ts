import { type Request, word, words } from "./requests.js";

/** The writer's own earlier words, which anybody may take back. */
const ones = "my|our|mein\\w*|unser\\w*|mes|nos|mi|mis|nuestr[ao]s|mie|mio|nostre|mijn|onze|moje";

/** A language's way to say: do not heed the earlier instructions. */
function override(asks: string, objects: string, qualifiers: string): Request {
  return {
    kind: "override",
    asks: words(asks),
    about: [word(objects), word(qualifiers)],
    unless: new RegExp(
      `^ ?(?:not|nicht|pas|no|non|niet|nie)(?![\\p{L}])|(?<!\\p{L})(?:${ones})(?: \\p{L}+){0,2} (?:${objects})(?!\\p{L})`,
      "u",
    ),
  };
}

/**
 * Telling a model not to heed what it was told, in eight languages: a verb, an object and a word that says which. "Ignore
 * the previous e-mail" has another object; "ignore my previous instructions" is the writer's own.
 */
export const overrideRequests: readonly Request[] = [
  override(
    "ignore|ignoring|disregard|forget|override|overrule|bypass|discard|overwrite|do not (?:follow|obey|heed)|don't (?:follow|obey|heed)|stop (?:following|obeying)|pay no attention to|replaces?",
    "instructions?|prompts?|rules|guidelines?|directives?|programming|directions|restrictions|training|orders given|policies",
    "previous|prior|above|earlier|preceding|foregoing|initial|original|system|your|all|every|any|existing|given",
  ),
  override(
    "ignore|disregard|forget",
    "all|everything|anything|whatever",
    "above|before this|before that|you (?:were|have been|are) (?:told|given|taught|instructed)|you know|you've been told",
  ),
  override(
    "ignorier(?:e|en|t|st)?|missachte[nt]?|vergiss|vergesst|vergessen sie|überschreibe?|übergehe?|umgehe?|verwirf|beachte|befolge?",
    "anweisung(?:en)?|instruktion(?:en)?|regeln|vorgaben|befehle|richtlinien|system-?prompts?|prompts?|anordnungen",
    "vorherig\\w*|bisherig\\w*|obig\\w*|vorangegangen\\w*|früher\\w*|ursprünglich\\w*|alle|sämtliche|deine\\w*|ihre|system\\p{L}*|oben|nur noch meine",
  ),
  override(
    "ignor(?:e|ez|er|ons)|oublie[zr]?|ne (?:tiens|tenez) pas compte|ne (?:suis|suivez|respecte|respectez) (?:pas|plus)|contourne[rz]?|fais abstraction|faites abstraction",
    "instructions?|consignes?|règles|directives|prompt|ordres",
    "précédent\\w*|antérieur\\w*|ci-dessus|toutes?|tes|initial\\w*|système|qui précèdent|reçues",
  ),
  override(
    "ignor[ae]n?|olvid[ae]n?|haz caso omiso|haga caso omiso|no (?:sigas?|obedezcas|tengas en cuenta|hagas caso)|descarta|desobedece|omite",
    "instrucciones|reglas|indicaciones|directrices|prompt|órdenes|normas",
    "anterior(?:es)?|previ[ao]s?|tod[ao]s|tus|originales|del sistema|de arriba|recibidas|dadas",
  ),
  override(
    "ignora(?:te|re)?|dimentica(?:te|re)?|non (?:seguire|rispettare|considerare)|trascura|scarta|disattendi|aggira",
    "istruzioni|regole|indicazioni|direttive|prompt|linee guida|ordini",
    "precedenti|tutte|tue|sopra|originali|iniziali|finora|di sistema|ricevut\\w+",
  ),
  override(
    "negeer|negeert|vergeet|volg|overschrijf|omzeil",
    "instructies?|regels|opdrachten|richtlijnen|aanwijzingen|prompt|systeemprompt",
    "vorige|eerdere|alle|bovenstaande|voorgaande|jouw|je|oorspronkelijke|systeem\\p{L}*",
  ),
  override(
    "ignor[ae]|ignorem|esqueç[ae]|esquece|desconsider[ae]|desrespeite",
    "instruções|regras|orientações|diretrizes|prompt|ordens",
    "anteriores|prévias|todas|tuas|acima|originais|do sistema",
  ),
  override(
    "ignoruj|zignoruj|zapomnij|pomiń|nie przestrzegaj",
    "instrukcj\\w+|poleceni\\w+|zasad\\w*|wytyczn\\w+|prompt\\w*",
    "poprzedni\\w+|wcześniejsz\\w+|wszystki\\w+|powyższ\\w+|swo\\w+|systemow\\w+",
  ),
  {
    kind: "override",
    asks: words("new|updated|neue|nouvelles|nuevas|nuove|nieuwe"),
    about: [
      /^ (?:system )?(?:instructions?|prompt|anweisung(?:en)?|consignes|instrucciones|istruzioni|instructies) ?:/u,
    ],
  },
  {
    kind: "override",
    asks: words("you are now|du bist (?:jetzt|nun|ab jetzt)|tu es maintenant|ahora eres|ora sei|je bent nu"),
    about: [word("admin|administrator|root|developer|god|unrestricted|jailbroken|maintenance|debug")],
    // what a program tells its user
    unless: /^ (?:logged|signed) in(?!\p{L})/u,
  },
];
