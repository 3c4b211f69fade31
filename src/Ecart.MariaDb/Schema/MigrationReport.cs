namespace Ecart.MariaDb.Schema;

/// <summary>What a migration run did, or with <paramref name="DryRun"/> would have done.</summary>
/// <param name="Database">Name of the database.</param>
/// <param name="DryRun">True: nothing was changed.</param>
/// <param name="CreatesDatabase">The database was absent.</param>
/// <param name="Migrations">File names of the migrations that were missing, in order.</param>
/// <param name="Version">Number of the newest migration that the program carries.</param>
public sealed record MigrationReport(
    string Database,
    bool DryRun,
    bool CreatesDatabase,
    IReadOnlyList<string> Migrations,
    int Version)
{
    /// <summary>There was nothing to do.</summary>
    public bool IsUpToDate => !CreatesDatabase && Migrations.Count == 0;
}
