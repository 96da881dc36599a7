import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './bench/schema.ts',
  out: './bench/migrations',
});
