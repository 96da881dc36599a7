import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/bench/schema.ts',
  out: './src/bench/migrations',
});
