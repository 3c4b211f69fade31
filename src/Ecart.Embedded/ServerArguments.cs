using System.Globalization;

namespace Ecart.Embedded;

/// <summary>The server settings of a run, as arguments.</summary>
internal static class ServerArguments
{
    public static IReadOnlyList<string> Create(EmbeddedMariaDbOptions options, ServerFolder folder, string socketPath, int port) =>
    [
        $"--socket={socketPath}",
        "--bind-address=127.0.0.1",
        $"--port={Text(port)}",
        $"--pid-file={folder.ProcessId}",
        $"--tmpdir={folder.Temporary}",
        "--skip-name-resolve",
        "--skip-log-bin",
        "--local-infile=1",
        "--performance-schema=OFF",
        "--character-set-server=utf8mb4",
        "--collation-server=utf8mb4_uca1400_ai_ci",
        "--default-time-zone=+00:00",
        $"--innodb-flush-log-at-trx-commit={Text(options.FlushLogAtCommit)}",
        $"--innodb-buffer-pool-size={Text(options.BufferPoolBytes)}",
        $"--innodb-log-file-size={Text(options.LogFileBytes)}",
        $"--mhnsw-max-cache-size={Text(options.VectorCacheBytes)}",
        $"--max-allowed-packet={Text(options.MaximumPacketBytes)}",
    ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
