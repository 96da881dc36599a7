import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/chaos/witness/schema.ts',
  out: './src/chaos/witness/migrations',
});
