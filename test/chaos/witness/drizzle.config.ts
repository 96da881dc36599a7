import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './chaos/witness/schema.ts',
  out: './chaos/witness/migrations',
});
