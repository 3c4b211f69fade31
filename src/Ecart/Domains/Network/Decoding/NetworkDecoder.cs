using System.Text;
using System.Text.Unicode;
using Ecart.Domains.Network.Captures;
using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Domains.Network.Decoding;

/// <summary>
/// Makes flows of the records of Zeek (<c>conn.log</c>, <c>ssh.log</c>, <c>dns.log</c>), Suricata EVE and Argus, whichever names their fields have; or
/// says in one sentence why one cannot be. Not thread-safe.
/// </summary>
/// <remarks>
/// A record without uid is named by its place. Zeek gives the same uid to a connection and to the log-ins and queries in it, so those get an ending.
/// Where a label is, it becomes the truth of the event.
/// </remarks>
public sealed class NetworkDecoder : IRecordDecoder
{
    private const int MaximumUidLength = 128;
    private const int MaximumServiceLength = 32;
    private const int MaximumNameLength = 255;
    private const int MaximumCategoryLength = 128;
    private static readonly FieldFault OtherKind = new(RejectReason.UnknownValue, "is none of flow, alert, dns and login: the connection itself comes as a flow.");
    private static readonly NetworkFlow Nothing = new() { EventUid = string.Empty, OccurredAt = default, SourceAddress = string.Empty, DestinationAddress = string.Empty };

    private readonly Utf8StringPool pool = new();
    private readonly NetworkFieldRules rules;
    private readonly NetworkAddress addresses;
    private readonly NetworkDecoderOptions options;

    /// <param name="options">Null takes the defaults.</param>
    /// <param name="time">Tells now, for <see cref="NetworkDecoderOptions.FutureTolerance"/>. Null takes the system's.</param>
    /// <exception cref="FormatException">An internal network is not in CIDR form.</exception>
    public NetworkDecoder(NetworkDecoderOptions? options = null, TimeProvider? time = null)
    {
        this.options = options ??= new NetworkDecoderOptions();
        rules = new NetworkFieldRules(options, time ?? TimeProvider.System);
        addresses = new NetworkAddress(options.InternalNetworks);
    }

    /// <inheritdoc/>
    public FieldSchema Schema => NetworkField.Schema;

    /// <inheritdoc/>
    public ICaptureDecoder MakeCaptureDecoder() => new PacketCapture(options);

    /// <inheritdoc/>
    public DecodedRecord Decode(in RecordFields record)
    {
        var fields = new FieldReader(record, pool);
        NetworkFieldRules.CheckDomain(in record, ref fields);
        NetworkFlow flow = Read(in record, ref fields);
        TruthLabel? truth = NetworkFieldRules.Truth(in record, ref fields);
        return fields.HasFault
            ? new DecodedRecord(record.Reject(fields.Fault.Reason, fields.FaultyField, fields.Fault.Problem, ReadableUid(record)))
            : new DecodedRecord(flow, truth);
    }

    private NetworkFlow Read(in RecordFields record, ref FieldReader fields)
    {
        DateTime occurredAt = rules.OccurredAt(in record, ref fields);
        string source = RequiredAddress(ref fields, NetworkField.Source);
        string destination = RequiredAddress(ref fields, NetworkField.Destination);
        NetworkProtocol protocol = NetworkFieldRules.Protocol(NetworkFieldRules.Of(in record, NetworkField.Protocol));
        if (!TryFindKind(in record, out NetworkRecordKind kind)) fields.Fail(NetworkField.Kind, OtherKind);
        int sourcePort = PortOf(in record, ref fields, NetworkField.SourcePort, protocol);
        int destinationPort = PortOf(in record, ref fields, NetworkField.DestinationPort, protocol);
        Volumes volumes = Volumes.Read(in record, ref fields);
        TcpControlBits flags = FlagsOf(in record, protocol);
        bool isReversed = IsReversed(in record);
        if (isReversed)
        {
            (source, destination) = (destination, source);
            (sourcePort, destinationPort) = (destinationPort, sourcePort);
            volumes = volumes.Reversed;
        }

        ConnectionState state = StateOf(in record, protocol, sourcePort, flags, in volumes);
        volumes = volumes.Completed(state);
        double duration = DurationOf(in record, ref fields, occurredAt);
        string uid = UidOf(in record, ref fields, kind);
        string? service = OptionalText(in record, ref fields, NetworkField.Service, MaximumServiceLength);
        string? query = OptionalText(in record, ref fields, NetworkField.Query, MaximumNameLength);
        string? alert = OptionalText(in record, ref fields, NetworkField.AlertName, MaximumNameLength);
        string? category = OptionalText(in record, ref fields, NetworkField.AlertCategory, MaximumCategoryLength);
        int attempts = (int)Math.Clamp(NetworkFieldRules.Count(in record, ref fields, NetworkField.LoginAttempts), 0, 1_000_000);
        int severity = (int)Math.Clamp(NetworkFieldRules.Count(in record, ref fields, NetworkField.AlertSeverity), 0, 255);
        if (fields.HasFault) return Nothing;
        return new NetworkFlow
        {
            EventUid = uid,
            OccurredAt = occurredAt,
            Kind = kind,
            SourceAddress = source,
            SourcePort = sourcePort,
            DestinationAddress = destination,
            DestinationPort = destinationPort,
            Protocol = protocol,
            Service = kind == NetworkRecordKind.Login ? "ssh" : service,
            BytesOut = volumes.BytesOut,
            BytesIn = volumes.BytesIn,
            PacketsOut = volumes.PacketsOut,
            PacketsIn = volumes.PacketsIn,
            DurationSeconds = duration,
            State = state,
            Flags = flags,
            SourceScope = ScopeOf(in record, source, isReversed ? NetworkField.DestinationIsLocal : NetworkField.SourceIsLocal),
            DestinationScope = ScopeOf(in record, destination, isReversed ? NetworkField.SourceIsLocal : NetworkField.DestinationIsLocal),
            LoginAttempts = attempts,
            LoginSucceeded = NetworkFieldRules.Flag(NetworkFieldRules.Of(in record, NetworkField.LoginSucceeded)),
            QueryName = query,
            IsNameUnknown = Ascii.EqualsIgnoreCase(NetworkFieldRules.Of(in record, NetworkField.ResponseCode), "NXDOMAIN"u8),
            AlertName = alert,
            AlertCategory = category,
            AlertSeverity = severity,
        };
    }

    private static bool TryFindKind(in RecordFields record, out NetworkRecordKind kind)
    {
        ReadOnlySpan<byte> told = NetworkFieldRules.Of(in record, NetworkField.Kind);
        if (told.IsEmpty)
        {
            bool isLogin = !record[NetworkField.LoginAttempts].IsEmpty || !record[NetworkField.LoginSucceeded].IsEmpty;
            bool isQuery = !record[NetworkField.Transaction].IsEmpty || !record[NetworkField.Query].IsEmpty;
            if (isLogin) kind = NetworkRecordKind.Login;
            else kind = isQuery ? NetworkRecordKind.NameQuery : NetworkRecordKind.Flow;
            return true;
        }

        kind = NetworkRecordKind.Flow;
        if (Ascii.EqualsIgnoreCase(told, "alert"u8)) kind = NetworkRecordKind.Alert;
        else if (Ascii.EqualsIgnoreCase(told, "dns"u8) || Ascii.EqualsIgnoreCase(told, "name_query"u8)) kind = NetworkRecordKind.NameQuery;
        else if (Ascii.EqualsIgnoreCase(told, "login"u8)) kind = NetworkRecordKind.Login;
        else return Ascii.EqualsIgnoreCase(told, "flow"u8);
        return true;
    }

    private static string RequiredAddress(ref FieldReader fields, int field)
    {
        string? address = fields.IpAddress(field);
        if (address is null) fields.Fail(field, new FieldFault(RejectReason.MissingField, "is missing: fill it in or map another column to it."));
        return address ?? string.Empty;
    }

    private static int PortOf(in RecordFields record, ref FieldReader fields, int field, NetworkProtocol protocol)
    {
        if (protocol == NetworkProtocol.Icmp)
        {
            int told = field == NetworkField.SourcePort ? NetworkField.IcmpType : NetworkField.IcmpCode;
            if (!record[told].IsEmpty) return NetworkFieldRules.Port(in record, ref fields, told);
        }

        return NetworkFieldRules.Port(in record, ref fields, field);
    }

    private static TcpControlBits FlagsOf(in RecordFields record, NetworkProtocol protocol)
    {
        if (protocol != NetworkProtocol.Tcp) return TcpControlBits.None;
        ReadOnlySpan<byte> history = NetworkFieldRules.Of(in record, NetworkField.History);
        if (!history.IsEmpty) return FlagText.ParseHistory(history);
        ReadOnlySpan<byte> flags = NetworkFieldRules.Of(in record, NetworkField.Flags);
        if (!flags.IsEmpty) return FlagText.Parse(flags);
        ReadOnlySpan<byte> state = NetworkFieldRules.Of(in record, NetworkField.State);
        return state.Contains((byte)'_') ? FlagText.Parse(state) : TcpControlBits.None;
    }

    private static ConnectionState StateOf(in RecordFields record, NetworkProtocol protocol, int sourcePort, TcpControlBits flags, in Volumes volumes)
    {
        ReadOnlySpan<byte> text = NetworkFieldRules.Of(in record, NetworkField.State);
        bool isVersion6 = record[NetworkField.Source].Contains((byte)':');
        if (protocol == NetworkProtocol.Icmp && IcmpType.IsError(sourcePort, isVersion6)) return ConnectionState.ErrorReport;
        ConnectionState told = StateText.Parse(text, protocol);
        if (protocol == NetworkProtocol.Icmp && told == ConnectionState.Partial)
            return IcmpType.IsRequest(sourcePort, isVersion6) ? StateText.Infer(protocol, flags, volumes.PacketsOut, volumes.PacketsIn) : ConnectionState.Unknown;
        bool hasPackets = volumes.PacketsOut > 0 || volumes.PacketsIn > 0;
        bool isInferred = told == ConnectionState.Unknown || (hasPackets && StateText.IsVague(text));
        return isInferred ? StateText.Infer(protocol, flags, volumes.PacketsOut, volumes.PacketsIn) : told;
    }

    private static bool IsReversed(in RecordFields record) => NetworkFieldRules.Of(in record, NetworkField.Direction).SequenceEqual("<-"u8);

    private static double DurationOf(in RecordFields record, ref FieldReader fields, DateTime start)
    {
        if (NetworkFieldRules.Of(in record, NetworkField.End).IsEmpty) return NetworkFieldRules.Duration(in record, ref fields);
        return fields.Timestamp(NetworkField.End) is { } end && end > start ? (end - start).TotalSeconds : 0;
    }

    private AddressScope ScopeOf(in RecordFields record, string address, int localField)
    {
        AddressScope scope = addresses.ScopeOf(address);
        return scope == AddressScope.External && NetworkFieldRules.Flag(NetworkFieldRules.Of(in record, localField)) == true ? AddressScope.Internal : scope;
    }

    private static string? OptionalText(in RecordFields record, ref FieldReader fields, int field, int maximum) =>
        NetworkFieldRules.Of(in record, field).IsEmpty ? null : fields.Text(field, maximum);

    private static string UidOf(in RecordFields record, ref FieldReader fields, NetworkRecordKind kind)
    {
        RecordPosition position = record.Position;
        string? told = NetworkFieldRules.Of(in record, NetworkField.Uid).IsEmpty ? null : fields.Text(NetworkField.Uid, MaximumUidLength, isRepeated: false);
        string uid = told ?? (position.IsLine ? $"{position.Source}:{position.Offset}" : $"{position.Source}:{position.Partition}:{position.Offset}");
        if (told is not null && kind != NetworkRecordKind.Flow) uid = $"{uid}/{EndingOf(in record, kind)}";
        if (uid.Length > MaximumUidLength)
            fields.Fail(NetworkField.Uid, new FieldFault(RejectReason.TooLong, "is too long, or is missing and the source's name is too long to stand in."));
        return uid;
    }

    private static string EndingOf(in RecordFields record, NetworkRecordKind kind) => kind switch
    {
        NetworkRecordKind.Login => "login",
        NetworkRecordKind.NameQuery => $"dns/{Encoding.UTF8.GetString(record[NetworkField.Transaction])}/{Hash(record[NetworkField.OccurredAt]) ^ Hash(record[NetworkField.Query]):x8}",
        _ => $"alert/{Hash(record[NetworkField.AlertName]) ^ Hash(record[NetworkField.OccurredAt]):x8}",
    };

    private static uint Hash(ReadOnlySpan<byte> text) => (uint)System.IO.Hashing.XxHash64.HashToUInt64(text);

    private static string? ReadableUid(in RecordFields record)
    {
        ReadOnlySpan<byte> text = record[NetworkField.Uid];
        return text.IsEmpty || text.Length > MaximumUidLength || !Utf8.IsValid(text) ? null : Encoding.UTF8.GetString(text);
    }
}
