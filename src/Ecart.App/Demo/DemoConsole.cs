using Ecart.App.Serve;
using Ecart.App.Serve.Access;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.Embedded;
using Ecart.MariaDb.Access;
using Ecart.Simulation;
using Ecart.Streaming.Sources;

namespace Ecart.App.Demo;

/// <summary>The end of the demo: the service on what is stored, with a live stream, for a person to look at.</summary>
internal static class DemoConsole
{
    /// <summary>Where the console is, if nobody else listens there.</summary>
    public const int PreferredPort = 8080;

    /// <summary>Runs until it is cancelled, or for a time from when the console is there.</summary>
    public static async Task RunAsync(
        OpenStore store, TransactionSimulatorOptions world, ReplayLabels labels, int port, TimeSpan? duration, CancellationToken cancellationToken)
    {
        var options = new ServeOptions();
        options.Http.Listen = $"http://127.0.0.1:{LoopbackPort.Find(port)}";
        bool isNew = !await new UserStore(store.ConnectionString).HasAdministratorAsync(cancellationToken).ConfigureAwait(false);
        await using var service = new LiveService(store, options)
        {
            FurtherSources = [new DemoLiveSource(world, labels, store.Settings.MakeDecoder(), TimeProvider.System)],
        };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task running = service.RunAsync(stop.Token);
        if (await Task.WhenAny(running, service.Address).ConfigureAwait(false) == running)
        {
            await running.ConfigureAwait(false);
            return;
        }

        string address = await service.Address.ConfigureAwait(false);
        Output.Result();
        Output.Result($"The console: {address}/console");
        Output.Result($"The bank lives on in it, {DemoLiveSource.Speed} times as fast until it has caught up with now: alerts come in as you watch. Ctrl-C ends it.");
        if (!isNew) Output.Result($"Sign in as before, or choose a new password of '{FirstAdministrator.Name}' at {await LinkAsync(store, address, cancellationToken).ConfigureAwait(false)}");
        if (duration is { } time)
        {
            Output.Result($"It ends by itself after {time.TotalMinutes:0.#} min (--for).");
            stop.CancelAfter(time);
        }

        await running.ConfigureAwait(false);
    }

    /// <summary>Whoever can run the demo owns its store: a forgotten password must not end it.</summary>
    private static async Task<string> LinkAsync(OpenStore store, string address, CancellationToken cancellationToken)
    {
        string secret = Secret.Make();
        await new InvitationStore(store.ConnectionString).AddAsync(
            FirstAdministrator.Name, Secret.Hash(secret), FirstAdministrator.Validity, "ecart", cancellationToken).ConfigureAwait(false);
        return FirstAdministrator.LinkOf(address, secret);
    }
}
