using MySqlConnector;

namespace Ecart.MariaDb.Schema;

/// <summary>The server variables that decide whether the program is fast, durable and correct.</summary>
internal sealed record ServerSettings
{
    private const long Mebibyte = 1 << 20;

    /// <summary>What an index over the largest reference set, 200,000 vectors, occupies.</summary>
    public const long LeastVectorCacheBytes = 256 * Mebibyte;

    /// <summary>A batch of rows, or the state of one entity, travels in one packet.</summary>
    public const long LeastPacketBytes = 16 * Mebibyte;

    public const string Collation = "utf8mb4_uca1400_ai_ci";

    public long VectorCacheBytes { get; init; } = LeastVectorCacheBytes;

    public bool LocalInfile { get; init; } = true;

    public long FlushLogAtCommit { get; init; } = 1;

    public long PacketBytes { get; init; } = LeastPacketBytes;

    public long LockWaitSeconds { get; init; } = 50;

    public long NetReadSeconds { get; init; } = 30;

    public string DatabaseCollation { get; init; } = Collation;

    public static async Task<ServerSettings> ReadAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        const string Query =
            """
            SELECT @@GLOBAL.mhnsw_max_cache_size, @@GLOBAL.local_infile, @@GLOBAL.innodb_flush_log_at_trx_commit,
                   @@GLOBAL.max_allowed_packet, @@SESSION.innodb_lock_wait_timeout, @@SESSION.net_read_timeout, @@collation_database
            """;
        using var command = new MySqlCommand(Query, connection);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new ServerSettings
        {
            VectorCacheBytes = Convert.ToInt64(reader.GetValue(0)),
            LocalInfile = Convert.ToInt64(reader.GetValue(1)) != 0,
            FlushLogAtCommit = Convert.ToInt64(reader.GetValue(2)),
            PacketBytes = Convert.ToInt64(reader.GetValue(3)),
            LockWaitSeconds = Convert.ToInt64(reader.GetValue(4)),
            NetReadSeconds = Convert.ToInt64(reader.GetValue(5)),
            DatabaseCollation = reader.GetString(6),
        };
    }

    public IEnumerable<ServerFinding> Check()
    {
        if (VectorCacheBytes < LeastVectorCacheBytes)
        {
            yield return Warning(
                "mhnsw_max_cache_size",
                $"mhnsw_max_cache_size is {VectorCacheBytes / Mebibyte} MiB: vector searches over more than a few thousand vectors will be slow.",
                Set("mhnsw_max_cache_size", LeastVectorCacheBytes));
        }

        if (!LocalInfile)
        {
            yield return Warning(
                "local_infile",
                "local_infile is off: rows are written by multi-row INSERT, at about half the speed.",
                Set("local_infile", 1));
        }

        if (FlushLogAtCommit != 1)
        {
            yield return Warning(
                "innodb_flush_log_at_trx_commit",
                $"innodb_flush_log_at_trx_commit is {FlushLogAtCommit}: a power failure can lose the last second of what was acknowledged.",
                Set("innodb_flush_log_at_trx_commit", 1));
        }

        if (PacketBytes < LeastPacketBytes)
        {
            yield return Warning(
                "max_allowed_packet",
                $"max_allowed_packet is {PacketBytes} bytes: a large batch or state may be refused.",
                Set("max_allowed_packet", LeastPacketBytes));
        }

        if (LockWaitSeconds <= NetReadSeconds)
        {
            yield return Warning(
                "innodb_lock_wait_timeout",
                $"innodb_lock_wait_timeout ({LockWaitSeconds} s) does not exceed net_read_timeout ({NetReadSeconds} s): after a connection lost at " +
                "COMMIT the program gives up before the server has ended the old transaction, and cannot tell whether it was committed.",
                Set("innodb_lock_wait_timeout", NetReadSeconds + 20));
        }

        if (DatabaseCollation != Collation)
        {
            yield return Warning(
                "collation",
                $"The database's default collation is {DatabaseCollation}: parameters of routines compare by it, the tables by {Collation}.",
                $"Before the first migration run: ALTER DATABASE CHARACTER SET utf8mb4 COLLATE {Collation};");
        }
    }

    private static ServerFinding Warning(string subject, string message, string remedy) =>
        new(FindingSeverity.Warning, subject, message, remedy);

    private static string Set(string variable, long value) =>
        $"As an administrator run: SET GLOBAL {variable} = {value}; and, to last, write in my.cnf under [mariadbd]: {variable} = {value}";
}
