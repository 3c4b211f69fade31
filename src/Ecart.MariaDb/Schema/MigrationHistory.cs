using MySqlConnector;

namespace Ecart.MariaDb.Schema;

/// <summary>The table <c>schema_migrations</c>: which migrations a database has.</summary>
internal static class MigrationHistory
{
    private const string CreateTable =
        """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            number      INT          NOT NULL PRIMARY KEY,
            file_name   VARCHAR(128) NOT NULL,
            checksum    CHAR(64)     CHARACTER SET ascii NOT NULL,
            applied_at  DATETIME(6)  NOT NULL DEFAULT UTC_TIMESTAMP(6)
        ) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci
        """;

    public static Task CreateAsync(MySqlConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(CreateTable, cancellationToken);

    /// <summary>What was applied, by number. Empty where the table is absent.</summary>
    public static async Task<IReadOnlyList<AppliedMigration>> ReadAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new List<AppliedMigration>();
        using var command = new MySqlCommand("SELECT number, file_name, checksum FROM schema_migrations ORDER BY number", connection);
        try
        {
            await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                applied.Add(new AppliedMigration(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        }
        catch (MySqlException exception) when (exception.ErrorCode == MySqlErrorCode.NoSuchTable)
        {
            return [];
        }

        return applied;
    }

    public static async Task AddAsync(MySqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        using var command = new MySqlCommand(
            "INSERT INTO schema_migrations (number, file_name, checksum) VALUES (@number, @fileName, @checksum)", connection);
        command.Parameters.AddWithValue("@number", migration.Number);
        command.Parameters.AddWithValue("@fileName", migration.FileName);
        command.Parameters.AddWithValue("@checksum", migration.Checksum);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The migrations still to apply, in order.</summary>
    /// <exception cref="MigrationException">An applied migration is unknown to the program, or its text was changed.</exception>
    public static IReadOnlyList<Migration> FindPending(IReadOnlyList<Migration> known, IReadOnlyList<AppliedMigration> applied)
    {
        Dictionary<int, Migration> byNumber = known.ToDictionary(migration => migration.Number);
        foreach (AppliedMigration row in applied)
        {
            if (!byNumber.Remove(row.Number, out Migration? migration))
            {
                throw new MigrationException(
                    $"The database has migration {row.FileName}, which this program does not know (its newest is " +
                    $"{known[^1].FileName}). A newer version of Ecart has upgraded it: use that version or a later one.");
            }

            if (migration.Checksum != row.Checksum)
            {
                throw new MigrationException(
                    $"Migration {row.FileName} was applied with checksum {row.Checksum[..12]}, but this program carries another text " +
                    $"({migration.Checksum[..12]}). An applied migration must never change: restore its text and put the change into " +
                    "a new migration.");
            }
        }

        return [.. byNumber.Values.OrderBy(migration => migration.Number)];
    }
}
