namespace Ecart.MariaDb.Schema;

/// <summary>A row of <c>schema_migrations</c>.</summary>
internal readonly record struct AppliedMigration(int Number, string FileName, string Checksum);
