using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Ecart.Streaming.Cluster;

/// <summary>Makes the Orleans silo of a node: membership and calls between nodes, nothing else of it.</summary>
internal static class SiloHost
{
    private const int MissedProbes = 2;

    /// <summary>Makes a silo; it is not started.</summary>
    /// <param name="options">Addresses and times.</param>
    /// <param name="connectionString">The store, where nodes find each other.</param>
    /// <param name="lanes">Takes what other nodes send.</param>
    /// <param name="died">Told when the others have declared this node dead.</param>
    public static IHost Make(ClusterOptions options, string connectionString, LocalLanes lanes, Action<string> died)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(lanes);
        builder.UseOrleans(silo =>
        {
            silo.Configure<Orleans.Configuration.ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = options.Name);
            silo.Configure<SiloOptions>(names => names.SiloName = $"{Environment.MachineName}-{Environment.ProcessId}");
            silo.Configure<EndpointOptions>(endpoints =>
            {
                endpoints.AdvertisedIPAddress = options.Address;
                endpoints.SiloPort = options.Port != 0 ? options.Port : FreePort(options.Address);
                endpoints.GatewayPort = 0;
            });
            silo.Configure<ClusterMembershipOptions>(membership => Configure(membership, options));
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = options.AnswerWithin);
            silo.Services.AddSingleton<IMembershipTable>(new MembershipTable(connectionString, options.Name));
            silo.Services.AddSingleton<IFatalErrorHandler>(new DeathNotice(died));
            silo.Services.AddSingleton<NodeClient>();
            silo.AddGrainService<NodeService>();
        });
        return builder.Build();
    }

    private static void Configure(ClusterMembershipOptions membership, ClusterOptions options)
    {
        membership.ProbeTimeout = options.ProbeTimeout;
        membership.MinProbeTimeout = options.ProbeTimeout / 2;
        membership.MaxProbeTimeout = options.ProbeTimeout * 2;
        membership.NumMissedProbesLimit = MissedProbes;

        // One witness is enough: whoever is declared dead by mistake is fenced by the lanes, and has to start again.
        membership.NumVotesForDeathDeclaration = 1;
        membership.EnableIndirectProbes = false;
        membership.IAmAliveTablePublishTimeout = options.ProbeTimeout * 5;
        membership.TableRefreshTimeout = options.ProbeTimeout * 5;
        membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
        membership.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
    }

    private static int FreePort(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Instead of ending the process at once: whoever runs the node decides.</summary>
    private sealed class DeathNotice(Action<string> died) : IFatalErrorHandler
    {
        public bool IsUnexpected(Exception exception) => exception is not (OperationCanceledException or OrleansLifecycleCanceledException);

        public void OnFatalException(object? sender, string? context, Exception? exception) => died(context ?? exception?.Message ?? "unknown");
    }
}
