namespace Ecart.Embedded;

/// <summary>A server program that can be started, with the folders it needs.</summary>
/// <param name="Version">Version the program tells of itself.</param>
/// <param name="Command">Program and leading arguments: <c>mariadbd</c> itself, or the loader that runs it with its own libraries.</param>
/// <param name="BaseFolder">The <c>basedir</c> of the server.</param>
/// <param name="ShareFolder">Folder of the error messages, character sets and the SQL that makes the system tables.</param>
internal sealed record MariaDbInstallation(MariaDbVersion Version, IReadOnlyList<string> Command, string BaseFolder, string ShareFolder)
{
    /// <summary>The SQL that makes the system tables, in the order it must run.</summary>
    public static IReadOnlyList<string> SystemTableScripts { get; } =
    [
        "mariadb_system_tables.sql", "mariadb_performance_tables.sql", "mariadb_system_tables_data.sql",
        "maria_add_gis_sp_bootstrap.sql", "mariadb_sys_schema.sql",
    ];

    /// <summary>True when <paramref name="folder"/> holds everything a new data folder needs.</summary>
    public static bool IsShareFolder(string folder) => SystemTableScripts.All(script => File.Exists(Path.Combine(folder, script)));

    /// <summary>The command line up to and including the settings every run of this installation needs.</summary>
    public List<string> CommandLine(string dataFolder)
    {
        List<string> line =
        [
            .. Command, "--no-defaults", $"--basedir={BaseFolder}", $"--datadir={dataFolder}", $"--lc-messages-dir={ShareFolder}",
            $"--character-sets-dir={Path.Combine(ShareFolder, "charsets")}",
        ];
        // The server refuses to run as root unless it is told so.
        if (Environment.IsPrivilegedProcess) line.Add("--user=root");
        return line;
    }
}
