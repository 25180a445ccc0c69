import { alpha3ByAlpha2 } from "./iso-codes.js";

// What goes with a country: a small table of our own, as of November 2026, for questions of the kind "can these two
// belong together", not for tax.

/** Legal tender by ISO 4217 code: where it is used. A country may stand under two. */
const tender: Readonly<Record<string, string>> = {
  EUR: "AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM TF VA XK YT",
  USD: "AS BQ EC FM GU IO MH MP PA PR PW SV TC TL UM US VG VI ZW",
  GBP: "GB GG GS IM JE",
  CHF: "CH LI",
  AUD: "AU CC CX HM KI NF NR TV",
  NZD: "CK NU NZ PN TK",
  DKK: "DK FO GL",
  NOK: "BV NO SJ",
  XCD: "AG AI DM GD KN LC MS VC",
  XOF: "BF BJ CI GW ML NE SN TG",
  XAF: "CF CG CM GA GQ TD",
  XPF: "NC PF WF",
  XCG: "CW SX",
  ILS: "IL PS",
  ZAR: "LS NA SZ ZA",
  MAD: "EH MA",
  INR: "BT IN",
};

/** Countries whose currency stands for no other: code by code. */
const ownTender = `
  AE:AED AF:AFN AL:ALL AM:AMD AO:AOA AR:ARS AW:AWG AZ:AZN BA:BAM BB:BBD BD:BDT BH:BHD BI:BIF BM:BMD BN:BND BO:BOB
  BR:BRL BS:BSD BT:BTN BW:BWP BY:BYN BZ:BZD CA:CAD CD:CDF CL:CLP CN:CNY CO:COP CR:CRC CU:CUP CV:CVE CZ:CZK DJ:DJF
  DO:DOP DZ:DZD EG:EGP ER:ERN ET:ETB FJ:FJD FK:FKP GE:GEL GH:GHS GI:GIP GM:GMD GN:GNF GT:GTQ GY:GYD HK:HKD HN:HNL
  HT:HTG HU:HUF ID:IDR IQ:IQD IR:IRR IS:ISK JM:JMD JO:JOD JP:JPY KE:KES KG:KGS KH:KHR KM:KMF KP:KPW KR:KRW KW:KWD
  KY:KYD KZ:KZT LA:LAK LB:LBP LK:LKR LR:LRD LS:LSL LY:LYD MD:MDL MG:MGA MK:MKD MM:MMK MN:MNT MO:MOP MR:MRU MU:MUR
  MV:MVR MW:MWK MX:MXN MY:MYR MZ:MZN NA:NAD NG:NGN NI:NIO NP:NPR OM:OMR PA:PAB PE:PEN PG:PGK PH:PHP PK:PKR PL:PLN
  PY:PYG QA:QAR RO:RON RS:RSD RU:RUB RW:RWF SA:SAR SB:SBD SC:SCR SD:SDG SE:SEK SG:SGD SH:SHP SL:SLE SO:SOS SR:SRD
  SS:SSP ST:STN SV:SVC SY:SYP SZ:SZL TH:THB TJ:TJS TM:TMT TN:TND TO:TOP TR:TRY TT:TTD TW:TWD TZ:TZS UA:UAH UG:UGX UY:UYU
  UZ:UZS VE:VES VN:VND VU:VUV WS:WST YE:YER ZM:ZMW ZW:ZWG
`
  .trim()
  .split(/\s+/);

/**
 * Prefixes of VAT numbers that are no country code of their own (EU VIES; GB, CH and NO as they write them). Greece
 * has EL there, and people write GR all the same.
 */
const vatPrefixes: Readonly<Record<string, string>> = {
  EL: "GR",
  GR: "GR",
  XI: "GB",
  CHE: "CH LI",
  FR: "FR MC",
  GB: "GB IM",
};
const plainVat = new Set(
  "AT BE BG CY CZ DE DK EE ES FI HR HU IE IT LT LU LV MT NL NO PL PT RO SE SI SK".split(" "),
);

/** IBAN countries that stand for territories as well (SWIFT IBAN registry). */
const ibanTerritories: Readonly<Record<string, string>> = {
  FI: "FI AX",
  FR: "FR BL GF GP MF MQ NC PF PM RE TF WF YT",
  GB: "GB GG IM JE",
};

/** Where a currency is legal tender. */
export function countriesOfCurrency(code: string): readonly string[] {
  const shared = Object.hasOwn(tender, code) ? (tender[code]?.split(" ") ?? []) : [];
  return [
    ...shared,
    ...ownTender.filter((pair) => pair.endsWith(`:${code}`)).map((pair) => pair.slice(0, 2)),
  ];
}

/** Every country that has a currency here. */
export function countriesWithCurrency(): ReadonlySet<string> {
  return new Set([
    ...Object.values(tender).flatMap((list) => list.split(" ")),
    ...ownTender.map((pair) => pair.slice(0, 2)),
  ]);
}

/** Whose VAT number this is, by its prefix; none: it has no prefix that is known. */
export function countriesOfVat(number: string): readonly string[] {
  const plain = compact(number);
  if (/^CHE\d/.test(plain)) return ["CH", "LI"];
  const prefix = /^([A-Z]{2})[A-Z0-9]{2,13}$/.exec(plain)?.[1] ?? "";
  if (Object.hasOwn(vatPrefixes, prefix)) return vatPrefixes[prefix]?.split(" ") ?? [];
  return plainVat.has(prefix) ? [prefix] : [];
}

/** Whose IBAN this is, by its first letters; none: it is no IBAN by its form. */
export function countriesOfIban(iban: string): readonly string[] {
  const prefix = /^([A-Z]{2})\d{2}[A-Z0-9]{8,30}$/.exec(compact(iban))?.[1] ?? "";
  if (Object.hasOwn(ibanTerritories, prefix)) return ibanTerritories[prefix]?.split(" ") ?? [];
  return alpha3ByAlpha2.has(prefix) || prefix === "XK" ? [prefix] : [];
}

/** Country names in the languages of most callers, to their codes; with both codes of ISO 3166 and common short ones. */
export function countryNames(): ReadonlyMap<string, string> {
  const names = new Map([
    ["UK", "GB"],
    ["USA", "US"],
    ["UAE", "AE"],
    // what the EU writes for Greece
    ["EL", "GR"],
    ["HOLLAND", "NL"],
  ]);
  for (const [code, long] of alpha3ByAlpha2) names.set(code, code).set(long, code);
  for (const language of ["en", "de", "fr", "es", "it", "nl", "pt", "pl"]) {
    const display = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
    for (const code of alpha3ByAlpha2.keys()) {
      const name = display.of(code)?.toUpperCase();
      if (name !== undefined && !names.has(name)) names.set(name, code);
    }
  }
  return names;
}

function compact(text: string): string {
  return text.length > 60 ? "" : text.replace(/[\s.\-/]/g, "").toUpperCase();
}
