/** Campaign parameters and click ids that make a touch; no other part of a query is ever kept. */
export const PARAMETERS =
  "utm_source utm_medium utm_campaign utm_term utm_content utm_id utm_source_platform gclid gbraid wbraid dclid gclsrc gad_source fbclid msclkid ttclid twclid li_fat_id rdt_cid sccid epik yclid irclid mc_cid _kx".split(
    " ",
  );
