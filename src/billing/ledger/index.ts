export { ACCOUNTS, type Account } from "./account.ts";
