using System.Globalization;
using Ecart.Domains.Network;
using Ecart.Events;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;

namespace Ecart.App.Domains;

/// <summary>Connections of a network.</summary>
internal sealed class NetworkDomain : IServedDomain
{
    /// <inheritdoc/>
    public string Name => NetworkFlow.DomainName;

    /// <inheritdoc/>
    public string ScoredColumns => "src_ip,src_port,dst_ip,dst_port,protocol,threat_type";

    /// <inheritdoc/>
    public IDomainSettings Read(string json) => new NetworkSettings(NetworkOptionsJson.Deserialize(json));

    /// <inheritdoc/>
    public IEventTable MakeTable() => new NetworkTable();

    /// <inheritdoc/>
    public void AppendScored(DomainEvent domainEvent, Verdict verdict, List<string> values)
    {
        var flow = (NetworkFlow)domainEvent;
        values.Add(flow.SourceAddress);
        values.Add(flow.SourcePort.ToString(CultureInfo.InvariantCulture));
        values.Add(flow.DestinationAddress);
        values.Add(flow.DestinationPort.ToString(CultureInfo.InvariantCulture));
        values.Add(flow.Protocol.ToString().ToLowerInvariant());
        values.Add(ThreatClass.Of(verdict) ?? "");
    }

    /// <inheritdoc/>
    public async Task<int> PublishAsync(IDomainEngine engine, string connectionString, CancellationToken cancellationToken)
    {
        // What addresses are asked for belongs to no source: all parts of it.
        const int NoPart = -1;
        var fresh = (NetworkEngine)engine.MakeFresh();
        if (await new EntityStateStore(connectionString).ReadOthersAsync(fresh, NoPart, cancellationToken).ConfigureAwait(false) is { } counts)
            fresh.UseOthers(counts);
        return await EntityPublication.RunAsync(
            fresh,
            fresh.ConfigurationVersion,
            fresh.Options.Profile.WindowDays,
            new NetworkProfileTable(),
            () => fresh.PublishProfiles(null, onlyChanged: false),
            connectionString,
            cancellationToken).ConfigureAwait(false);
    }
}
