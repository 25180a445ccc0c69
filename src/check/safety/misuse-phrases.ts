import { type Request, word, words } from "./requests.js";

/** Kinds of misuse that are known by their phrases. */
export const misuseKinds = ["jailbreak", "others-data", "credentials", "malware", "off-topic"] as const;

/** A kind of misuse. */
export type MisuseKind = (typeof misuseKinds)[number];

/** Asks to be told something. */
const tell =
  "give|send|show|list|tell|reveal|share|print|read out|look up|what (?:is|are)|what's|i need|i want|can i (?:have|get|see)|nenne?|gib|gebt|zeige?|sag|schick|donne(?:z|-moi)?|dis|montre|envoie|dame|dime|muéstrame|envíame|dammi|dimmi|mostra(?:mi)?|geef|toon|noem|stuur";
/** Asks to have something made. */
const make =
  "write|compose|create|make|build|code|program|generate|draft|develop|give me|how (?:do|can|would) (?:i|you|one) (?:write|make|build|create|code)|help me (?:write|make|build|create)|schreib\\w*|programmier\\w*|erstelle?|écris|rédige|crée|escribe|crea|haz|scrivi|schrijf|maak";
const pretend =
  "pretend|imagine|act as|act like|answer as|respond as|behave|role-?play|you are(?: now)?|as if you|let's play|play a|stell dir vor|tu so|verhalte dich|antworte als|spiele?|fais comme si|imagine que|agis|comporte-toi|actúa|imagina|finge|haz como si|fai finta|immagina|agisci|comportati|doe alsof|stel je voor|gedraag je";

const unbound =
  "(?:no|any|without(?: any)?|zero) (?:\\p{L}+ )?(?:restrictions?|limits?|limitations?|rules|filters?|guidelines|censorship|morals|ethics)|unfiltered|uncensored|unrestricted|do anything now|keine\\w* (?:einschränkung\\w*|regeln|grenzen|filter)|ohne (?:einschränkung\\w*|regeln|filter)|aucune? (?:restriction|règle|limite|filtre)|sans (?:aucune )?(?:restrictions?|règles|limites|filtres?)|sin (?:ninguna )?(?:restriccion(?:es)?|restricción|reglas|límites|filtros)|senza (?:restrizioni|regole|limiti|filtri)|non avere (?:regole|restrizioni|limiti)|geen (?:beperkingen|regels|grenzen|filters)";
const innards =
  "system-? ?prompt|systemprompt|prompt système|prompt del sistema|prompt di sistema|systeemprompt|(?:initial|internal|hidden|original|secret|system) (?:instructions|prompt|rules)|your (?:exact )?(?:instructions|prompt|rules)|text above|words above|instrucciones internas|instructions internes|istruzioni interne|internen anweisungen";

const personal =
  "(?:e-?mail ?|postal |home |delivery |private |billing )*(?:address(?:es)?|(?:tele)?phone ?numbers?|phones?|numbers?|orders?|invoices?|contact details|details|data|salar(?:y|ies)|birthdays?|accounts?|passwords?)|adress\\w*|telefonnummer\\w*|nummer\\w*|daten|bestellung\\w*|gehalt|e-mail-adress\\w*|coordonnées|adresses?|numéros?|téléphone|salaire|données|dirección|direcciones|teléfonos?|correos?|datos|indirizz[oi]|telefono|dati|adres\\w*|telefoonnummer\\w*|gegevens";
const others =
  "(?:another|other|different|all(?: of)?(?: your| the)?|every) (?:customer|client|user|patient|employee|member|guest|person|people)\\p{L}*(?:'s?)?|(?:your|the|my) (?:manager|boss|colleague|employee|director|neighbou?r|ex|ex-(?:partner|wife|husband|boyfriend|girlfriend))(?:'s)?|(?:somebody|someone) else(?:'s)?|(?:i am|i'm) (?:her|his|their) \\p{L}+|(?:eines|einer|einem) anderen kund\\p{L}+|aller kund\\p{L}+|anderer kund\\p{L}+|d'un autre client|d'autres clients|de tous les clients|de otro cliente|de otros clientes|de todos los clientes|di un altro cliente|di altri clienti|di tutti i clienti|van een andere klant|van andere klanten|van alle klanten";

const keys =
  "password|passwords|passcode|api keys?|access (?:keys?|tokens?)|secret keys?|private keys?|credentials|login details|logins?|passwort|passwörter|kennwort|zugangsdaten|mots? de passe|identifiants|contraseñas?|credenciales|credenziali|wachtwoord\\w*|inloggegevens";
const ofTheHouse =
  "admin\\w*|root|your|you use|system|server|database|configuration|des administrators|du système|del (?:administrador|sistema)|dell'amministratore|di sistema|beheerder|van het systeem";

const harmful =
  "ransomware|keyloggers?|malware|spyware|rootkits?|botnets?|trojans?|trojaner|computer ?virus|virus(?:es)? (?:that|which|to|for)|worm that|phishing|exploits? for|fake (?:invoice|login|bank)[\\p{L} -]{0,20}to trick|steal (?:passwords|data|money|cookies)|logiciel malveillant|schadsoftware|schadprogramm|software malicioso|software dannoso|kwaadaardige software";
const pastime =
  "poems?|jokes?|bedtime story|short story|stories|essays?|song|lyrics|homework|recipes?|horoscope|crossword|(?:python|javascript|java|sql|bash) (?:script|code|program|function)|script that|equation|gedicht|witz|geschichte|aufsatz|hausaufgaben|rezept|poème|blague|histoire|dissertation|recette|poema|chiste|cuento|receta|poesia|barzelletta|ricetta|mop|recept";

/**
 * What an automation for customers or a back office is not there for: a word that asks, and in the same sentence what
 * for. Written by hand; the lists hold nothing offensive and no working attack.
 */
export const misuseRequests: readonly (Request & { readonly kind: MisuseKind })[] = [
  { kind: "jailbreak", asks: words(pretend), about: [word(unbound)] },
  {
    kind: "jailbreak",
    asks: words(
      "enable|activate|enter|switch (?:on|to)|turn on|go into|aktiviere?|active|activa|attiva|activeer",
    ),
    about: [
      word(
        "(?:developer|god|dan|jailbreak|debug|unrestricted) ?-?mode|entwicklermodus|mode développeur|modo desarrollador",
      ),
    ],
    unless: /^ ?(?:the|my) [^.]{0,40} (?:on|of) (?:my|the) /u,
  },
  {
    kind: "jailbreak",
    asks: words(`${tell}|repeat|output|display|wiederhole?|répète|repite|ripeti|herhaal`),
    about: [word(innards)],
  },
  {
    kind: "jailbreak",
    asks: words(
      "bypass|ignore|drop|disable|switch off|turn off|circumvent|umgehe?|ignoriere?|contourne|ignora|omzeil|negeer",
    ),
    about: [
      word(
        "(?:your|all|the|deine|tes|tus|le tue|je) (?:[\\p{L}-]+ )?(?:safety|content policy|policies|filters?|guardrails?|moderation|ethics|restrictions|sicherheitsregeln|filter|filtres|filtros|filtri)",
      ),
    ],
  },
  { kind: "jailbreak", asks: words("you are now|do"), about: [word("anything now")] },
  {
    kind: "others-data",
    asks: words(tell),
    about: [word(personal), word(others)],
    unless: word("service desks?|warehouse|shop|store|branch|support"),
  },
  {
    kind: "others-data",
    asks: words("which|what|whose"),
    about: [word(personal), word("(?:customer|account|user|client) \\d{4,}")],
  },
  {
    kind: "credentials",
    asks: words(tell),
    about: [word(keys), word(ofTheHouse)],
    unless: word("my|mine|our|reset|forgot\\w*"),
  },
  {
    kind: "malware",
    asks: words(make),
    about: [word(harmful)],
    unless: word("report|remove|against|protect\\w*"),
  },
  {
    kind: "off-topic",
    asks: words(
      `${make}|tell me|tell us|solve|do my|do our|translate this|recite|erzähl\\w*|raconte|cuéntame|racconta\\w*|vertel`,
    ),
    about: [word(pastime)],
    unless: word("on the|printed|template|missing|order(?:ed)?|invoice"),
  },
  { kind: "off-topic", asks: words("do|can you do"), about: [word("my (?:\\p{L}+ )?homework")] },
  {
    kind: "off-topic",
    asks: words("who will win|wer gewinnt|qui va gagner|quién ganará|chi vincerà"),
    about: [/\p{L}/u],
  },
  {
    kind: "off-topic",
    asks: words("write|schreib\\w*|écris|escribe"),
    about: [/^ (?:me )?(?:an?|einen?|un|une) (?:essay|speech|blog post|novel|aufsatz|roman)(?!\p{L})/u],
  },
];
