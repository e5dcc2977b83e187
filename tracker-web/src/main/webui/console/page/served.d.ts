/** Files that the build gives a hashed name. */
declare module "served:console.js" {
  export const html: typeof import("lit").html;
  export const nothing: typeof import("lit").nothing;
  export const render: typeof import("lit").render;
  export const Failure: typeof import("../src/failure").Failure;
}
declare module "served:console-oidc.js" {
  export const signIn: typeof import("./oidc").signIn;
}
