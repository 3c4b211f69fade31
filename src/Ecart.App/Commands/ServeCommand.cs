using System.CommandLine;
using Ecart.App.Domains;
using Ecart.App.Serve;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Microsoft.Extensions.Logging;

namespace Ecart.App.Commands;

/// <summary><c>ecart serve</c>.</summary>
internal static class ServeCommand
{
    public static Command Make()
    {
        Option<FileInfo?> file = MakeConfigurationOption();
        var cluster = new Option<bool>("--cluster")
        {
            Description = "Share the lanes with the other processes on this database that run with --cluster (docs/how-to/cluster.md).",
        };
        var command = new Command("serve", "The service: takes events from its sources, scores and stores each exactly once, until Ctrl-C.") { file, cluster };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(file), parsed.GetValue(cluster), cancellationToken));
        return command;
    }

    /// <summary>The file of the service's settings.</summary>
    public static Option<FileInfo?> MakeConfigurationOption()
    {
        var file = new Option<FileInfo?>("--config")
        {
            Description = "YAML file with the sources and settings (docs/reference/configuration.md). Environment variables ECART_... win over it.",
        };
        file.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<FileInfo?>() is { Exists: false } absent) result.AddError($"--config {absent.FullName} does not exist.");
        });
        return file;
    }

    private static async Task<int> RunAsync(FileInfo? file, bool isClustered, CancellationToken cancellationToken)
    {
        ServeOptions options = ServeConfiguration.Read(file?.FullName);
        options.Cluster.Enabled |= isClustered;
        using ILoggerFactory? log = options.Log == LogForm.Json ? MakeJsonLog() : null;
        Output.Log = log?.CreateLogger("Ecart");
        try
        {
            return await RunAsync(options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Output.Log = null;
        }
    }

    private static async Task<int> RunAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenWhenThereAsync("", cancellationToken, ServedDomains.Find(options.Domain)).ConfigureAwait(false);
        await using var service = new LiveService(store, options);
        await service.RunAsync(cancellationToken).ConfigureAwait(false);
        return ExitCode.Done;
    }

    /// <summary>One JSON object a line, on standard error.</summary>
    private static ILoggerFactory MakeJsonLog() => LoggerFactory.Create(logging => logging
        .AddJsonConsole(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "O";
        })
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
}
