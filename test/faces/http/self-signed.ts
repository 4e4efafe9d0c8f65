import { generateKeyPairSync, sign } from "node:crypto";

const [INTEGER, BIT_STRING, UTF8, UTC_TIME, OID] = [0x02, 0x03, 0x0c, 0x17, 0x06] as const;
const [SEQUENCE, SET] = [0x30, 0x31] as const;
/** ecdsa-with-SHA256, 1.2.840.10045.4.3.2, and commonName, 2.5.4.3 (RFC 5758 3.2, RFC 5280 4.1). */
const ECDSA_SHA256 = der(SEQUENCE, der(OID, Buffer.from("2a8648ce3d040302", "hex")));
const COMMON_NAME = der(OID, Buffer.from("550403", "hex"));

/** A certificate that vouches for itself, with its key, as PEM: what a test of TLS needs and no more. */
export function selfSigned(name: string, now: Date): { cert: string; key: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const who = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8, Buffer.from(name)))));
  const validity = der(SEQUENCE, utcTime(now, -1), utcTime(now, 1));
  const subjectKey = publicKey.export({ type: "spki", format: "der" });
  const serial = der(INTEGER, Buffer.from([1]));
  const told = der(SEQUENCE, serial, ECDSA_SHA256, who, validity, who, subjectKey);
  const signature = Buffer.concat([Buffer.from([0]), sign("sha256", told, privateKey)]);
  const cert = der(SEQUENCE, told, ECDSA_SHA256, der(BIT_STRING, signature));
  const lines = cert.toString("base64").replace(/.{64}/g, "$&\n");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function utcTime(now: Date, days: number): Buffer {
  const day = new Date(now.getTime() + days * 86_400_000).toISOString();
  return der(UTC_TIME, Buffer.from(`${day.slice(2, 19).replace(/[-T:]/g, "")}Z`));
}
