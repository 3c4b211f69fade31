namespace Ecart.Embedded;

/// <summary>How the private MariaDB server is found, where it keeps its data, and the server settings that matter.</summary>
public sealed record EmbeddedMariaDbOptions
{
    private const long Mebibyte = 1L << 20;
    private const long Gibibyte = 1L << 30;

    /// <summary>
    /// Folder of the data, socket, password and log; made if absent, readable by its owner only. Default: <c>$ECART_HOME/mariadb</c>,
    /// else <c>$XDG_DATA_HOME/ecart/mariadb</c>, else <c>~/.local/share/ecart/mariadb</c>.
    /// </summary>
    public string DataFolder { get; init; } = DefaultFolders.Data();

    /// <summary>
    /// Folder of the downloaded server program, shared by all data folders. Default: <c>$ECART_CACHE</c>, else
    /// <c>$XDG_CACHE_HOME/ecart</c>, else <c>~/.cache/ecart</c>.
    /// </summary>
    public string CacheFolder { get; init; } = DefaultFolders.Cache();

    /// <summary>Database that is created if absent and that the connection string names: letters, digits and underscores. Default: ecart.</summary>
    public string Database { get; init; } = "ecart";

    /// <summary>TCP port on 127.0.0.1, 1..65535. 0, the default: the port of the last start if it is free, else any free one.</summary>
    public int Port { get; init; }

    /// <summary><c>innodb_buffer_pool_size</c> in bytes, at least 32 MiB. Default: 1 GiB, bounded by a quarter of the memory.</summary>
    public long BufferPoolBytes { get; init; } = Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4, 32 * Mebibyte, Gibibyte);

    /// <summary><c>innodb_log_file_size</c> in bytes, at least 16 MiB; taken from the disk at the first start. Default: 512 MiB.</summary>
    public long LogFileBytes { get; init; } = 512 * Mebibyte;

    /// <summary><c>mhnsw_max_cache_size</c> in bytes: memory for vector indexes, taken as needed. Default: 1 GiB.</summary>
    public long VectorCacheBytes { get; init; } = Gibibyte;

    /// <summary><c>max_allowed_packet</c> in bytes, 1 MiB..1 GiB. Default: 64 MiB.</summary>
    public long MaximumPacketBytes { get; init; } = 64 * Mebibyte;

    /// <summary><c>innodb_flush_log_at_trx_commit</c>: 1, the default, survives a power cut; 2 a crash of the server; 0 loses up to a second.</summary>
    public int FlushLogAtCommit { get; init; } = 1;

    /// <summary>How long a start may take, crash recovery included, before it is given up. Default: 2 minutes.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a clean stop may take before the server is killed (it recovers at the next start). Default: 1 minute.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromMinutes(1);

    internal void Validate()
    {
        Require(DataFolder.Length > 0, nameof(DataFolder), DataFolder, "a folder");
        Require(CacheFolder.Length > 0, nameof(CacheFolder), CacheFolder, "a folder");
        Require(Database.Length is > 0 and <= 64 && Database.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'),
            nameof(Database), Database, "1 to 64 letters, digits and underscores");
        Require(Port is >= 0 and <= 65535, nameof(Port), Port, "0..65535");
        Require(BufferPoolBytes >= 32 * Mebibyte, nameof(BufferPoolBytes), BufferPoolBytes, "at least 32 MiB");
        Require(LogFileBytes >= 16 * Mebibyte, nameof(LogFileBytes), LogFileBytes, "at least 16 MiB");
        Require(VectorCacheBytes >= Mebibyte, nameof(VectorCacheBytes), VectorCacheBytes, "at least 1 MiB");
        Require(MaximumPacketBytes is >= Mebibyte and <= Gibibyte, nameof(MaximumPacketBytes), MaximumPacketBytes, "1 MiB..1 GiB");
        Require(FlushLogAtCommit is >= 0 and <= 2, nameof(FlushLogAtCommit), FlushLogAtCommit, "0, 1 or 2");
        Require(StartTimeout > TimeSpan.Zero, nameof(StartTimeout), StartTimeout, "more than 0");
        Require(StopTimeout > TimeSpan.Zero, nameof(StopTimeout), StopTimeout, "more than 0");
    }

    private static void Require(bool holds, string name, object value, string range)
    {
        if (!holds) throw new ArgumentException($"{name} is '{value}', it must be {range}.");
    }
}
