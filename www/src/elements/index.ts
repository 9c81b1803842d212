/** The studio's elements: importing this names them all. `<variorum-studio>` is the public one; its contract is in ../contract.ts. */
export { VariorumStudio } from "./studio.ts";
