import { pino } from "pino";
import { createApp } from "./app/create-app.js";
import { type Config, ConfigError, keepDevelopmentSecret, readConfig } from "./config/index.js";

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = pino({
    level: config.logLevel,
    redact: {
      paths: [
        "password",
        "*.password",
        "passwordHash",
        "*.passwordHash",
        "token",
        "*.token",
        "secret",
        "*.secret",
        "req.headers",
        "cookie",
        "*.cookie",
      ],
      censor: "[redacted]",
    },
  });
  const secret = config.secret ?? (await keepDevelopmentSecret(config.dataDir));
  const app = await createApp(config, secret, logger);

  // Whatever comes next, a failing panel or a signal: a generated password that was never shown is lost.
  let described = false;
  const describe = (ready: boolean) => {
    if (!described) process.stdout.write(describeStart(config, app.generatedPassword, ready));
    described = true;
  };
  let closing = false;
  const close = (signal: string) => {
    if (closing) return;
    closing = true;
    if (app.generatedPassword !== undefined) describe(false);
    logger.info({ signal }, "draining requests");
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, "could not close cleanly");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", close);
  process.on("SIGINT", close);

  try {
    await app.panelReady;
    describe(true);
  } catch (error) {
    if (app.generatedPassword !== undefined) describe(false);
    throw error;
  }
}

/** What a person needs to go on: addresses and sign-ins. The generated password is shown on this one start only. */
function describeStart(config: Config, generatedPassword: string | undefined, ready: boolean): string {
  const lines = [
    "",
    ready ? "Vitrine is ready." : "Vitrine made its database, but did not become ready.",
    "",
    `  Customer portal   ${config.appOrigin}/portal`,
    `  Preview           ${config.appOrigin}/portal/preview`,
    `  Admin panel       ${config.appOrigin}/admin`,
    `  Widget sandbox    ${config.sandboxOrigin}`,
    "",
  ];
  if (generatedPassword !== undefined) {
    lines.push(`  Admin sign-in     ${config.adminEmail} / ${generatedPassword}   (shown once; set ADMIN_PASSWORD to choose your own)`);
  } else lines.push(`  Admin sign-in     ${config.adminEmail}`);
  if (config.demo) {
    lines.push("  Other staff       manager@, developer@, viewer@vitrine.example with the same password");
    if (!config.production) lines.push("  Customers         choose Maya, Oliver or Noor on the portal's sign-in page");
  }
  return `${lines.join("\n")}\n\n`;
}

main().catch((error: unknown) => {
  process.stderr.write(
    error instanceof ConfigError
      ? `${error.message}\n`
      : `Vitrine could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
});
