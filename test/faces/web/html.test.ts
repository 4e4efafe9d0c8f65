import { expect } from "chai";
import fc from "fast-check";
import { html } from "../../../src/faces/web/html.ts";

describe("HTML as the service writes it", () => {
  it("1.1.2 1.2.1 3.2.2 escapes every value where it is written, in text and in attributes", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."<>&\"'`=/ a\u0000") }), (value) => {
        const text = String(html`<p title="${value}">${[value]}</p>`);
        const [, attribute = "", inner = ""] = /^<p title="([^"]*)">([^<]*)<\/p>$/.exec(text) ?? [];
        expect(attribute).to.equal(inner);
        expect(inner).to.not.match(/[<>"']/);
        const back = inner
          .replaceAll("&lt;", "<")
          .replaceAll("&gt;", ">")
          .replaceAll("&quot;", '"')
          .replaceAll("&#39;", "'")
          .replaceAll("&amp;", "&");
        expect(back).to.equal(value);
      }),
    );
  });

  it("1.1.2 does not escape what is HTML already a second time", () => {
    expect(String(html`${html`<b>${"<"}</b>`}`)).to.equal("<b>&lt;</b>");
  });
});
