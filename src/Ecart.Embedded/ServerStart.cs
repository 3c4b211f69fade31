using System.Globalization;
using Ecart.Embedded.Processes;
using MySqlConnector;

namespace Ecart.Embedded;

/// <summary>One start of an embedded server: owns it when nobody does, attaches to it otherwise.</summary>
internal sealed class ServerStart(EmbeddedMariaDbOptions options, IProgress<string>? progress)
{
    private const int PortAttempts = 3;
    private const long LargestLog = 16L << 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly ServerFolder folder = ServerFolder.Open(options.DataFolder);

    public async Task<EmbeddedMariaDb> RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (FileLock.TryTake(folder.OwnerLock) is { } ownerLock) return await OwnAsync(ownerLock, cancellation);
            if (await AttachAsync(cancellation) is { } attached) return attached;
        }
    }

    private async Task<EmbeddedMariaDb> OwnAsync(FileStream ownerLock, CancellationToken cancellation)
    {
        try
        {
            var lastPort = ServerEndpoint.Read(folder.Endpoint)?.Port ?? 0;
            File.Delete(folder.Endpoint);
            Directory.CreateDirectory(folder.Temporary);
            if (new FileInfo(folder.Log) is { Exists: true, Length: > LargestLog }) File.Move(folder.Log, folder.Log + ".old", overwrite: true);
            var installation = await MariaDbLocator.Create(options.CacheFolder).FindAsync(progress, cancellation);
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            deadline.CancelAfter(options.StartTimeout);
            try
            {
                await WaitForFormerServerAsync(deadline.Token);
                await ServerBootstrap.EnsureAsync(installation, folder, options, progress, deadline.Token);
                return await StartAsync(installation, lastPort, ownerLock, deadline.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw Failure($"MariaDB did not start within {options.StartTimeout.TotalSeconds:0} seconds");
            }
        }
        catch
        {
            await ownerLock.DisposeAsync();
            throw;
        }
    }

    private async Task<EmbeddedMariaDb> StartAsync(
        MariaDbInstallation installation, int lastPort, FileStream ownerLock, CancellationToken cancellation)
    {
        var socketPath = folder.SocketPath();
        for (var attempt = 1; ; attempt++)
        {
            var port = options.Port != 0 ? options.Port : LoopbackPort.Find(attempt == 1 ? lastPort : 0);
            var endpoint = new ServerEndpoint(socketPath, port);
            List<string> command =
                [.. installation.CommandLine(folder.Data), .. ServerArguments.Create(options, folder, socketPath, port)];
            // A crash leaves the socket's file; without it the file's return says that asking is worth while.
            File.Delete(socketPath);
            var process = GuardedProcess.Start(command, folder.Log, options.StopTimeout);
            try
            {
                if (await WaitUntilReadyAsync(process, socketPath, cancellation) is { } version)
                {
                    endpoint.Write(folder.Endpoint);
                    return Server(endpoint, version, process, ownerLock);
                }

                var code = process.ExitCode;
                await process.DisposeAsync();
                var portTaken = LogTail.Read(folder.Log).Contains("Address already in use", StringComparison.Ordinal);
                if (!portTaken || options.Port != 0 || attempt == PortAttempts) throw Failure($"MariaDB ended during its start (code {code})");
            }
            catch (Exception error) when (error is not EmbeddedMariaDbException)
            {
                await process.DisposeAsync();
                throw;
            }
        }
    }

    /// <returns>Null when the server ended.</returns>
    private async Task<string?> WaitUntilReadyAsync(GuardedProcess process, string socketPath, CancellationToken cancellation)
    {
        var builder = ServerConnection.Create(folder, socketPath);
        while (!process.HasExited)
        {
            if (File.Exists(socketPath) && await ServerConnection.ProbeAsync(builder, cancellation) is { } version)
            {
                await ServerConnection.CreateDatabaseAsync(builder, options.Database, cancellation);
                return version;
            }

            await Task.Delay(Pause, cancellation);
        }

        return null;
    }

    /// <summary>
    /// A server whose owner was killed may still be writing its last pages; two servers on one data folder would refuse each other.
    /// </summary>
    private async Task WaitForFormerServerAsync(CancellationToken cancellation)
    {
        for (var first = true; FormerServerRuns(); first = false)
        {
            if (first) progress?.Report("Waiting for the former server on this data folder to end ...");
            await Task.Delay(Pause, cancellation);
        }
    }

    private bool FormerServerRuns()
    {
        try
        {
            // Process ids are used again: only a process with our data folder among its arguments is the former server.
            var id = int.Parse(File.ReadAllText(folder.ProcessId), CultureInfo.InvariantCulture);
            return File.ReadAllText($"/proc/{id}/cmdline").Split('\0').Contains($"--datadir={folder.Data}");
        }
        catch (Exception error) when (error is IOException or FormatException)
        {
            return false;
        }
    }

    /// <returns>Null when the owner has gone meanwhile and the place is free.</returns>
    private async Task<EmbeddedMariaDb?> AttachAsync(CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(options.StartTimeout);
        progress?.Report($"A server already runs on {folder.Root}, or is starting: using it ...");
        try
        {
            while (true)
            {
                if (ServerEndpoint.Read(folder.Endpoint) is { } endpoint)
                {
                    var builder = ServerConnection.Create(folder, endpoint.SocketPath);
                    if (await ServerConnection.ProbeAsync(builder, deadline.Token) is { } version)
                    {
                        await ServerConnection.CreateDatabaseAsync(builder, options.Database, deadline.Token);
                        return Server(endpoint, version, process: null, ownerLock: null);
                    }
                }

                if (FileLock.TryTake(folder.OwnerLock) is { } free)
                {
                    await free.DisposeAsync();
                    return null;
                }

                await Task.Delay(Pause, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Failure($"Another process holds {folder.OwnerLock}, but its server did not answer within {options.StartTimeout.TotalSeconds:0} seconds");
        }
    }

    private EmbeddedMariaDb Server(ServerEndpoint endpoint, string version, GuardedProcess? process, FileStream? ownerLock)
    {
        var builder = ServerConnection.Create(folder, endpoint.SocketPath);
        builder.Database = options.Database;
        return new EmbeddedMariaDb(builder.ConnectionString, version, endpoint, folder.Root, process, ownerLock);
    }

    private EmbeddedMariaDbException Failure(string what) => new($"{what}. The end of {folder.Log}:\n{LogTail.Read(folder.Log)}");
}
