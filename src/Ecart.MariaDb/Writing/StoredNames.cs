using Ecart.Domains.Iot;
using Ecart.Domains.Iot.Outlook;
using Ecart.Domains.Network;
using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.MariaDb.Access;
using Ecart.MariaDb.Alerts;
using Ecart.Scoring;

namespace Ecart.MariaDb.Writing;

/// <summary>The names under which enumerations are stored.</summary>
internal static class StoredNames
{
    private static readonly string[] Channels = Lower<TransactionChannel>();
    private static readonly string[] Severities = Lower<Severity>();
    private static readonly string[] Reasons = [.. Enum.GetNames<RejectReason>().Select(Snake)];
    private static readonly string[] Protocols = Lower<NetworkProtocol>();
    private static readonly string[] RecordKinds = [.. Enum.GetNames<NetworkRecordKind>().Select(Snake)];
    private static readonly string[] ConnectionStates = [.. Enum.GetNames<ConnectionState>().Select(Snake)];
    private static readonly string[] Scopes = Lower<AddressScope>();
    private static readonly string[] HostTypes = [.. Enum.GetNames<AddressType>().Select(Snake)];
    private static readonly string[] MeasurementTypes = Lower<MeasurementType>();
    private static readonly string[] DeviceStatuses = Lower<DeviceStatus>();
    private static readonly string[] Roles = Lower<AccessRole>();
    private static readonly string[] AlertStatuses = [.. Enum.GetNames<AlertStatus>().Select(Snake)];
    private static readonly string[] AlertActions = [.. Enum.GetNames<AlertActionKind>().Select(Snake)];
    private static readonly string[] FlagNames = ["fin", "syn", "rst", "psh", "ack", "urg"];
    private static readonly string[] FlagSets =
        [.. Enumerable.Range(0, 1 << FlagNames.Length).Select(bits => string.Join(',', FlagNames.Where((_, bit) => (bits & (1 << bit)) != 0)))];

    public static string Of(TransactionChannel channel) => Channels[(int)channel];

    public static string Of(Severity severity) => Severities[(int)severity];

    public static string Of(NetworkProtocol protocol) => Protocols[(int)protocol];

    public static string Of(NetworkRecordKind kind) => RecordKinds[(int)kind];

    public static string Of(ConnectionState state) => ConnectionStates[(int)state];

    public static string Of(AddressScope scope) => Scopes[(int)scope];

    public static string Of(AddressType type) => HostTypes[(int)type];

    public static string Of(MeasurementType type) => MeasurementTypes[(int)type];

    public static string Of(DeviceStatus status) => DeviceStatuses[(int)status];

    public static MeasurementType MeasurementTypeOf(string name) => (MeasurementType)Array.IndexOf(MeasurementTypes, name);

    /// <summary>A set as the server writes it.</summary>
    public static string Of(TcpControlBits flags) => FlagSets[(int)flags & (FlagSets.Length - 1)];

    public static string Of(RejectReason reason) => Reasons[(int)reason];

    public static string Of(AccessRole role) => Roles[(int)role - 1];

    public static AccessRole RoleOf(string name) => (AccessRole)(Array.IndexOf(Roles, name) + 1);

    public static string Of(AlertStatus status) => AlertStatuses[(int)status];

    public static AlertStatus AlertStatusOf(string name) => (AlertStatus)Array.IndexOf(AlertStatuses, name);

    public static string Of(AlertActionKind action) => AlertActions[(int)action];

    public static AlertActionKind AlertActionOf(string name) => (AlertActionKind)Array.IndexOf(AlertActions, name);

    public static Severity SeverityOf(string name) => (Severity)Array.IndexOf(Severities, name);

    public static RejectReason ReasonOf(string name) => (RejectReason)Array.IndexOf(Reasons, name);

    private static string[] Lower<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetNames<TEnum>().Select(name => name.ToLowerInvariant())];

    private static string Snake(string name) =>
        string.Concat(name.Select((letter, i) => char.IsUpper(letter) && i > 0 ? "_" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
}
