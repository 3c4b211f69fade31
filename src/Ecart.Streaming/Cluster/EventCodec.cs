using Ecart.Domains.Iot;
using Ecart.Domains.Network;
using Ecart.Domains.Transactions;
using Ecart.Domains.UserBehavior;
using Ecart.Events;

namespace Ecart.Streaming.Cluster;

/// <summary>Events of any domain as they go between nodes. To add a domain: write its <see cref="IEventForm"/> in a file beside this one and name it here.</summary>
internal static class EventCodec
{
    private static readonly Dictionary<string, IEventForm> Forms = new(StringComparer.Ordinal)
    {
        [TransactionEvent.DomainName] = new TransactionForm(),
        [NetworkFlow.DomainName] = new NetworkFlowForm(),
        [UserBehaviorEvent.DomainName] = new UserBehaviorForm(),
        [IotMeasurement.DomainName] = new IotMeasurementForm(),
    };

    public static void Write(BinaryWriter writer, DomainEvent domainEvent)
    {
        writer.Write(domainEvent.Domain);
        Of(domainEvent.Domain).Write(writer, domainEvent);
    }

    public static DomainEvent Read(BinaryReader reader) => Of(reader.ReadString()).Read(reader);

    /// <summary>A domain that is not built in is a declared one.</summary>
    private static IEventForm Of(string domain) => Forms.TryGetValue(domain, out IEventForm? form) ? form : new DeclaredForm(domain);
}
