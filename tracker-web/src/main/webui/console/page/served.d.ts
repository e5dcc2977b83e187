/** Files that the build gives a hashed name. */
declare module "served:console.js";
declare module "served:console-oidc.js" {
  export const signIn: typeof import("./oidc").signIn;
}
