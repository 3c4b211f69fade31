using Ecart.Events.Decoding;

namespace Ecart.Domains.Network.Decoding;

/// <summary>The fields that the network domain reads, by index; the synonyms are the names of Zeek, Suricata and Argus.</summary>
internal static class NetworkField
{
    public const int Domain = 0;
    public const int Uid = 1;
    public const int OccurredAt = 2;
    public const int Source = 3;
    public const int SourcePort = 4;
    public const int Destination = 5;
    public const int DestinationPort = 6;
    public const int Protocol = 7;
    public const int Service = 8;
    public const int Duration = 9;
    public const int BytesOut = 10;
    public const int BytesIn = 11;
    public const int Bytes = 12;
    public const int PacketsOut = 13;
    public const int PacketsIn = 14;
    public const int Packets = 15;
    public const int State = 16;
    public const int History = 17;
    public const int Flags = 18;
    public const int Direction = 19;
    public const int SourceIsLocal = 20;
    public const int DestinationIsLocal = 21;
    public const int Kind = 22;
    public const int LoginAttempts = 23;
    public const int LoginSucceeded = 24;
    public const int Query = 25;
    public const int ResponseCode = 26;
    public const int Transaction = 27;
    public const int AlertName = 28;
    public const int AlertCategory = 29;
    public const int AlertSeverity = 30;
    public const int IcmpType = 31;
    public const int IcmpCode = 32;
    public const int End = 33;
    public const int Label = 34;
    public const int LabelKind = 35;

    /// <summary>Names and usual synonyms in order of the indexes.</summary>
    public static readonly FieldSchema Schema = new(
        NetworkFlow.DomainName,
        new FieldDefinition("domain", false),
        new FieldDefinition("uid", false, "event_uid", "connection_id", "flow_id"),
        new FieldDefinition("occurred_at", true, "ts", "start_time", "flow.start", "timestamp", "stime"),
        new FieldDefinition("source_ip", true, "id.orig_h", "src_ip", "src_addr", "saddr"),
        new FieldDefinition("source_port", false, "id.orig_p", "src_port", "sport"),
        new FieldDefinition("destination_ip", true, "id.resp_h", "dest_ip", "dst_ip", "dst_addr", "daddr"),
        new FieldDefinition("destination_port", false, "id.resp_p", "dest_port", "dst_port", "dport"),
        new FieldDefinition("protocol", false, "proto"),
        new FieldDefinition("service", false, "app_proto"),
        new FieldDefinition("duration", false, "dur"),
        new FieldDefinition("bytes_out", false, "orig_bytes", "flow.bytes_toserver", "src_bytes"),
        new FieldDefinition("bytes_in", false, "resp_bytes", "flow.bytes_toclient", "dst_bytes"),
        new FieldDefinition("bytes", false, "tot_bytes"),
        new FieldDefinition("packets_out", false, "orig_pkts", "flow.pkts_toserver", "src_pkts"),
        new FieldDefinition("packets_in", false, "resp_pkts", "flow.pkts_toclient", "dst_pkts"),
        new FieldDefinition("packets", false, "tot_pkts"),
        new FieldDefinition("state", false, "conn_state", "flow.state"),
        new FieldDefinition("history", false),
        new FieldDefinition("tcp_flags", false, "tcp.tcp_flags"),
        new FieldDefinition("direction", false, "dir"),
        new FieldDefinition("source_is_local", false, "local_orig"),
        new FieldDefinition("destination_is_local", false, "local_resp"),
        new FieldDefinition("kind", false, "event_type"),
        new FieldDefinition("login_attempts", false, "auth_attempts"),
        new FieldDefinition("login_succeeded", false, "auth_success"),
        new FieldDefinition("query", false, "dns.rrname"),
        new FieldDefinition("response_code", false, "rcode_name", "dns.rcode"),
        new FieldDefinition("transaction", false, "trans_id", "tx_id"),
        new FieldDefinition("alert", false, "alert.signature"),
        new FieldDefinition("alert_category", false),
        new FieldDefinition("alert_severity", false),
        new FieldDefinition("icmp_type", false),
        new FieldDefinition("icmp_code", false),
        new FieldDefinition("end", false, "flow.end"),
        new FieldDefinition("label", false, "is_malicious"),
        new FieldDefinition("label_kind", false, "detailed_label"));
}
