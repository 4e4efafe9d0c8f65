import PDFDocument from "pdfkit";

/** A letter with its enclosures, as they shall be printed. */
export interface Letter {
  readonly title: string;
  /** UTC instant at which it was made. */
  readonly at: Date;
  readonly text: string;
  /** Each on pages of its own; the index names them all. */
  readonly enclosures: readonly Enclosure[];
  /** What is sent along and is not of our making: named in the index. */
  readonly attached: readonly string[];
}

/** A table with a heading: rows of cells. */
export interface Enclosure {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

const MARGIN = 64;
const FONT = "Helvetica";
const BOLD = "Helvetica-Bold";

/** The letter as a tagged PDF: the text, an index of the enclosures, then the enclosures. */
export function letterPdf(letter: Letter): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: "LETTER",
    margin: MARGIN,
    tagged: true,
    lang: "en-US",
    displayTitle: true,
    pdfVersion: "1.7",
    info: { Title: letter.title, CreationDate: letter.at },
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
    pdf.on("end", () => resolve(Buffer.concat(chunks)));
    pdf.on("error", reject);
  });
  const root = pdf.struct("Document");
  pdf.addStructure(root);
  const write = (tag: string, font: string, size: number, text: string) => {
    root.add(
      pdf.struct(tag, {}, () => {
        pdf.font(font).fontSize(size).text(text, { paragraphGap: 6 });
      }),
    );
  };
  for (const paragraph of letter.text.split("\n\n")) write("P", FONT, 11, paragraph);
  pdf.addPage();
  write("H1", BOLD, 14, "Enclosures");
  const titles = [...letter.enclosures.map(({ title }) => title), ...letter.attached];
  titles.forEach((title, index) => {
    write("P", FONT, 11, `${index + 1}. ${title}`);
  });
  for (const { title, rows } of letter.enclosures) {
    pdf.addPage();
    write("H1", BOLD, 14, title);
    for (const cells of rows) write("P", FONT, 10, cells.filter((cell) => cell !== "").join("   "));
  }
  root.end();
  pdf.end();
  return done;
}
