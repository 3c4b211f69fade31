using MySqlConnector;

namespace Ecart.MariaDb.Schema;

/// <summary>
/// Brings a database to this program's schema by numbered migrations. Safe to run from several processes at once: the second waits and
/// finds nothing to do. Thread-safe.
/// </summary>
/// <remarks>
/// DDL is not transactional in MariaDB, so every statement of a migration is written to be repeatable, and a migration is recorded once all
/// of it has run. After a failure, correct the cause and run again: it starts over with the migration that failed.
/// </remarks>
public sealed class SchemaMigrator
{
    // The character set, mode and engine that routines and tables are created under are stored with them.
    private const string PrepareSession =
        """
        SET NAMES utf8mb4 COLLATE utf8mb4_uca1400_ai_ci,
            time_zone = '+00:00',
            default_storage_engine = InnoDB,
            sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION'
        """;

    private readonly IReadOnlyList<Migration> migrations;

    public SchemaMigrator()
        : this(EmbeddedMigrations.Load())
    {
    }

    internal SchemaMigrator(IReadOnlyList<Migration> migrations) => this.migrations = migrations;

    /// <summary>Creates the database where it is absent and applies the migrations that it lacks.</summary>
    /// <param name="connectionString">Must name a database.</param>
    /// <param name="dryRun">Only tell what would be done; change nothing.</param>
    /// <param name="progress">Told before each migration, and when another process is waited for.</param>
    /// <param name="cancellationToken">Ends the wait for another process and the run between two statements.</param>
    /// <exception cref="MigrationException">The server is too old, the database is newer than the program, an applied migration was changed,
    /// or a statement failed.</exception>
    /// <exception cref="MySqlException">The server cannot be reached or refuses the login.</exception>
    public async Task<MigrationReport> MigrateAsync(
        string connectionString, bool dryRun, IProgress<MigrationProgress>? progress, CancellationToken cancellationToken)
    {
        var settings = new MySqlConnectionStringBuilder(connectionString) { AllowUserVariables = true, Pooling = false };
        if (settings.Database.Length == 0)
            throw new MigrationException("The connection string names no database: add, for example, Database=ecart.");

        bool createsDatabase = !await TargetDatabase.ExistsAsync(settings, cancellationToken).ConfigureAwait(false);
        if (createsDatabase && dryRun) return Report(settings, dryRun, createsDatabase, migrations);
        if (createsDatabase) await TargetDatabase.CreateAsync(settings, cancellationToken).ConfigureAwait(false);

        await using var connection = new MySqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(PrepareSession, cancellationToken).ConfigureAwait(false);
        if (dryRun)
        {
            return Report(settings, dryRun, createsDatabase, await FindPendingAsync(connection, cancellationToken).ConfigureAwait(false));
        }

        await using NamedLock turn = await NamedLock.AcquireAsync(
            connection, "migrate", () => progress?.Report(new MigrationProgress(null, 0, 0)), cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Migration> pending = await FindPendingAsync(connection, cancellationToken).ConfigureAwait(false);
        if (pending.Count > 0) await ApplyAsync(connection, pending, progress, cancellationToken).ConfigureAwait(false);
        return Report(settings, dryRun, createsDatabase, pending);
    }

    /// <summary>Drops the database that a connection string names, with everything in it.</summary>
    public static async Task DropAsync(string connectionString, CancellationToken cancellationToken)
    {
        var outside = new MySqlConnectionStringBuilder(connectionString) { Pooling = false };
        string database = outside.Database;
        outside.Database = "";
        await using var connection = new MySqlConnection(outside.ConnectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync($"DROP DATABASE IF EXISTS {ConnectionCommands.Quote(database)}", cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<Migration>> FindPendingAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        IReadOnlyList<AppliedMigration> applied = await MigrationHistory.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        return MigrationHistory.FindPending(migrations, applied);
    }

    private static async Task ApplyAsync(
        MySqlConnection connection,
        IReadOnlyList<Migration> pending,
        IProgress<MigrationProgress>? progress,
        CancellationToken cancellationToken)
    {
        await MigrationHistory.CreateAsync(connection, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < pending.Count; i++)
        {
            progress?.Report(new MigrationProgress(pending[i].FileName, i, pending.Count));
            foreach (SqlStatement statement in Split(pending[i]))
                await ExecuteAsync(connection, pending[i], statement, cancellationToken).ConfigureAwait(false);
            await MigrationHistory.AddAsync(connection, pending[i], cancellationToken).ConfigureAwait(false);
        }
    }

    private static IReadOnlyList<SqlStatement> Split(Migration migration)
    {
        try
        {
            return SqlScript.Split(migration.Text);
        }
        catch (FormatException exception)
        {
            throw new MigrationException($"{migration.FileName}: {exception.Message}", exception);
        }
    }

    private static async Task ExecuteAsync(
        MySqlConnection connection, Migration migration, SqlStatement statement, CancellationToken cancellationToken)
    {
        try
        {
            await connection.ExecuteAsync(statement.Text, cancellationToken).ConfigureAwait(false);
        }
        catch (MySqlException exception)
        {
            throw new MigrationException(
                $"{migration.FileName}, line {statement.Line}: the server refused \"{statement.FirstLine}\" with error " +
                $"{exception.Number}: {exception.Message} Correct the cause and migrate again: it resumes with {migration.FileName}, whose " +
                "statements may be repeated.",
                exception);
        }
    }

    private MigrationReport Report(
        MySqlConnectionStringBuilder settings, bool dryRun, bool createsDatabase, IReadOnlyList<Migration> pending) =>
        new(settings.Database, dryRun, createsDatabase, [.. pending.Select(migration => migration.FileName)], migrations[^1].Number);
}
