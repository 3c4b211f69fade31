using System.Security.Cryptography;
using System.Text;
using Ecart.Embedded.Processes;

namespace Ecart.Embedded;

/// <summary>Makes a server's data: system tables, the user <c>ecart</c> with a random password, and root for the system's root only.</summary>
internal static class ServerBootstrap
{
    /// <summary>The user every connection string names. It may do everything; it exists on this machine only.</summary>
    public const string User = "ecart";

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Makes the data unless it exists. The caller holds the owner's lock.</summary>
    public static async Task EnsureAsync(
        MariaDbInstallation installation, ServerFolder folder, EmbeddedMariaDbOptions options, IProgress<string>? progress,
        CancellationToken cancellation)
    {
        if (Directory.Exists(folder.Data)) return;
        progress?.Report($"Creating the database files in {folder.Root} ...");
        PutAsideUnfinished(folder);
        Directory.CreateDirectory(folder.UnfinishedData);
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        WritePrivate(folder.Password, password);
        var script = Path.Combine(folder.Root, "bootstrap.sql");
        WritePrivate(script, await ScriptAsync(installation, password, cancellation));
        await RunAsync(installation, folder, options, script, cancellation);
        File.Delete(script);
        Directory.Move(folder.UnfinishedData, folder.Data);
    }

    /// <summary>
    /// The server of a process that was killed meanwhile may still be ending, and writes into its folder until then: it keeps that one, under another name, and
    /// what cannot be deleted now is deleted by a later start.
    /// </summary>
    private static void PutAsideUnfinished(ServerFolder folder)
    {
        if (Directory.Exists(folder.UnfinishedData)) Directory.Move(folder.UnfinishedData, $"{folder.UnfinishedData}.{Guid.NewGuid():N}");
        foreach (string aside in Directory.EnumerateDirectories(folder.Root, Path.GetFileName(folder.UnfinishedData) + ".*").ToList())
        {
            try
            {
                Directory.Delete(aside, recursive: true);
            }
            catch (IOException)
            {
                // A file came while it was emptied.
            }
        }
    }

    private static async Task RunAsync(
        MariaDbInstallation installation, ServerFolder folder, EmbeddedMariaDbOptions options, string script,
        CancellationToken cancellation)
    {
        List<string> command =
        [
            .. installation.CommandLine(folder.UnfinishedData), "--bootstrap", $"--innodb-log-file-size={options.LogFileBytes}",
            $"--tmpdir={folder.Temporary}",
        ];
        await using var process = GuardedProcess.Start(command, folder.Log, StopTimeout, script);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
        {
            throw new EmbeddedMariaDbException(
                $"MariaDB could not create its files in {folder.Root} (code {process.ExitCode}). The end of {folder.Log}:\n{LogTail.Read(folder.Log)}");
        }
    }

    /// <summary>The server reads one statement a line end in this mode, so each of ours has its own line.</summary>
    private static async Task<string> ScriptAsync(MariaDbInstallation installation, string password, CancellationToken cancellation)
    {
        var script = new StringBuilder();
        // With this variable the system tables get root by unix socket instead of root without a password.
        script.Append("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = 'root';\n");
        foreach (var name in MariaDbInstallation.SystemTableScripts)
        {
            script.Append(await File.ReadAllTextAsync(Path.Combine(installation.ShareFolder, name), cancellation)).Append('\n');
        }

        script.Append("FLUSH PRIVILEGES;\n");
        foreach (var host in new[] { "localhost", "127.0.0.1" })
        {
            script.Append($"CREATE USER {User}@'{host}' IDENTIFIED BY '{password}';\n");
            script.Append($"GRANT ALL PRIVILEGES ON *.* TO {User}@'{host}' WITH GRANT OPTION;\n");
        }

        return script.ToString();
    }

    private static void WritePrivate(string path, string text)
    {
        File.Delete(path);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }
}
