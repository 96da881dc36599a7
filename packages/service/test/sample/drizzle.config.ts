import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './test/sample/schema.ts',
  out: './test/sample/migrations',
});
