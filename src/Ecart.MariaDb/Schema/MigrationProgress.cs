namespace Ecart.MariaDb.Schema;

/// <summary>How far a migration run is.</summary>
/// <param name="FileName">The migration that begins now, or null while another process holds the migration lock.</param>
/// <param name="Completed">Migrations of this run that are done.</param>
/// <param name="Total">Migrations that this run has to do.</param>
public readonly record struct MigrationProgress(string? FileName, int Completed, int Total);
