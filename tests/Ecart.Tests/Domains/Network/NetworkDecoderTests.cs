using System.Text;
using CsCheck;
using Ecart.Domains.Network;
using Ecart.Domains.Network.Decoding;
using Ecart.Events;
using Ecart.Events.Decoding;
using Xunit;

namespace Ecart.Tests.Domains.Network;

public sealed class NetworkDecoderTests
{
    private const string ZeekNames =
        "ts,uid,id.orig_h,id.orig_p,id.resp_h,id.resp_p,proto,service,duration,orig_bytes,resp_bytes,conn_state,local_orig,local_resp,missed_bytes,history,orig_pkts,orig_ip_bytes,resp_pkts,resp_ip_bytes,tunnel_parents,label,detailedlabel";

    private const string ArgusNames = "StartTime,Dur,Proto,SrcAddr,Sport,Dir,DstAddr,Dport,State,sTos,dTos,TotPkts,TotBytes,SrcBytes,Label";

    [Fact]
    public void Decode_ZeekConnection_IsRead()
    {
        DecodedRecord decoded = Decode(
            ZeekNames, "1655070878.715924,CoIsj5,147.32.81.167,62768,162.125.19.9,443,tcp,ssl,900.282856,43851,5437,SF,T,F,20791,ShADadCFfR,102,50224,79,13720,(empty),Benign,Dropbox");

        NetworkFlow flow = Flow(decoded);
        Assert.Equal(("CoIsj5", "147.32.81.167", 62768, "162.125.19.9", 443), (flow.EventUid, flow.SourceAddress, flow.SourcePort, flow.DestinationAddress, flow.DestinationPort));
        Assert.Equal((NetworkProtocol.Tcp, "ssl", ConnectionState.Established, 900.282856), (flow.Protocol, flow.Service, flow.State, flow.DurationSeconds));
        Assert.Equal((43851L, 5437L, 102L, 79L), (flow.BytesOut, flow.BytesIn, flow.PacketsOut, flow.PacketsIn));
        Assert.Equal((AddressScope.Internal, AddressScope.External), (flow.SourceScope, flow.DestinationScope));
        Assert.Equal(new DateTime(2022, 6, 12, 21, 54, 38, DateTimeKind.Utc).AddTicks(7_159_240), flow.OccurredAt);
        Assert.True(flow.Flags.HasFlag(TcpControlBits.Syn | TcpControlBits.Fin | TcpControlBits.Rst));
        Assert.Equal(new TruthLabel(false, "Dropbox", null), decoded.Truth);
    }

    [Theory]
    [InlineData("S0", "tcp", ConnectionState.NoAnswer)]
    [InlineData("REJ", "tcp", ConnectionState.Rejected)]
    [InlineData("RSTO", "tcp", ConnectionState.Reset)]
    [InlineData("S1", "tcp", ConnectionState.Open)]
    [InlineData("OTH", "tcp", ConnectionState.Partial)]
    [InlineData("-", "tcp", ConnectionState.NoAnswer)]
    [InlineData("S_RA", "tcp", ConnectionState.Rejected)]
    [InlineData("S_", "tcp", ConnectionState.NoAnswer)]
    [InlineData("SPA_SPA", "tcp", ConnectionState.Open)]
    [InlineData("FSPA_FSPA", "tcp", ConnectionState.Established)]
    [InlineData("SRPA_SPA", "tcp", ConnectionState.Reset)]
    [InlineData("INT", "udp", ConnectionState.NoAnswer)]
    [InlineData("ECO", "icmp", ConnectionState.NoAnswer)]
    [InlineData("URP", "udp", ConnectionState.ErrorReport)]
    public void Decode_State_IsOneForAllSources(string state, string protocol, ConnectionState expected) =>
        Assert.Equal(expected, Flow(Decode("ts,source_ip,destination_ip,proto,state,packets_out,packets_in", $"1,10.0.0.1,10.0.0.2,{protocol},{state},1,0")).State);

    [Fact]
    public void Decode_IcmpUnreachable_IsAnErrorReport() => Assert.Equal(
        ConnectionState.ErrorReport,
        Flow(Decode(ZeekNames, "1,C,190.229.235.110,3,10.0.2.19,3,icmp,-,-,-,-,OTH,-,-,0,-,1,64,0,0,-,Malicious,(empty)")).State);

    [Fact]
    public void Decode_ArgusFlow_IsRead()
    {
        NetworkFlow flow = Flow(Decode(ArgusNames, "2013/12/17 22:09:19.500617,3.5,udp,10.0.0.46,6881,  <->,8.8.8.8,53,CON,0,0,10,1000,400,flow=From-Normal"));

        Assert.Equal(new DateTime(2013, 12, 17, 22, 9, 19, DateTimeKind.Utc).AddTicks(5_006_170), flow.OccurredAt);
        Assert.Equal((400L, 600L, 5L, 5L), (flow.BytesOut, flow.BytesIn, flow.PacketsOut, flow.PacketsIn));
        Assert.Equal("net.csv:7", flow.EventUid);
    }

    [Fact]
    public void Decode_ArgusFlowBackwards_IsTurnedRound()
    {
        NetworkFlow flow = Flow(Decode(ArgusNames, "2013/12/17 22:09:19,3.5,tcp,10.0.0.46,6881,   <-,8.8.8.8,53,SPA_SPA,0,0,10,1000,400,"));

        Assert.Equal(("8.8.8.8", 53, "10.0.0.46", 6881), (flow.SourceAddress, flow.SourcePort, flow.DestinationAddress, flow.DestinationPort));
        Assert.Equal((600L, 400L), (flow.BytesOut, flow.BytesIn));
    }

    [Fact]
    public void Decode_ArgusIcmp_HasItsTypeInHexadecimal() =>
        Assert.Equal(8, Flow(Decode(ArgusNames, "2019/04/04 16:30:10,1.2,icmp,10.8.0.69,0x0008,   ->,110.128.128.128,0x7208,ECO,0,,2,144,144,")).SourcePort);

    [Fact]
    public void Decode_SshLog_IsALogin()
    {
        NetworkFlow flow = Flow(Decode(
            "ts,uid,id.orig_h,id.orig_p,id.resp_h,id.resp_p,auth_success,auth_attempts,direction,client", "1599755438.5,Ciq,63.143.42.242,54488,192.168.1.194,22,F,3,INBOUND,SSH-2.0-Go"));

        Assert.Equal((NetworkRecordKind.Login, false, 3, "Ciq/login"), (flow.Kind, flow.LoginSucceeded, flow.LoginAttempts, flow.EventUid));
    }

    [Fact]
    public void Decode_DnsLog_IsAQuery()
    {
        NetworkFlow flow = Flow(Decode(
            "ts,uid,id.orig_h,id.orig_p,id.resp_h,id.resp_p,proto,trans_id,query,rcode_name", "1.5,Cq,10.0.0.1,5000,8.8.8.8,53,udp,77,qxkvz.com,NXDOMAIN"));

        Assert.Equal((NetworkRecordKind.NameQuery, "qxkvz.com", true), (flow.Kind, flow.QueryName, flow.IsNameUnknown));
        Assert.StartsWith("Cq/dns/77/", flow.EventUid, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_SuricataAlert_IsRead()
    {
        NetworkFlow flow = Flow(Decode(
            "timestamp,flow_id,event_type,src_ip,src_port,dest_ip,dest_port,proto,alert.signature,alert.category,alert.severity,flow.pkts_toserver,flow.pkts_toclient",
            "2021-06-06T15:59:46.457984+0200,1374,alert,78.36.196.213,51698,192.168.1.129,445,TCP,ET CINS,Misc Attack,2,1,0"));

        Assert.Equal((NetworkRecordKind.Alert, "ET CINS", "Misc Attack", 2), (flow.Kind, flow.AlertName, flow.AlertCategory, flow.AlertSeverity));
        Assert.Equal(new DateTime(2021, 6, 6, 13, 59, 46, DateTimeKind.Utc).AddTicks(4_579_840), flow.OccurredAt);
        Assert.Equal(ConnectionState.NoAnswer, flow.State);
    }

    [Theory]
    [InlineData("1,10.0.0.1,10.0.0.2,x", RejectReason.WrongType, "bytes_out")]
    [InlineData("1,10.0.0.1,10.0.0.2,-5", RejectReason.WrongType, "bytes_out")]
    [InlineData("1,10.0.0.1,aa:bb:cc:dd:ee:ff,5", RejectReason.WrongType, "destination_ip")]
    [InlineData("1,,10.0.0.2,5", RejectReason.MissingField, "source_ip")]
    [InlineData(",10.0.0.1,10.0.0.2,5", RejectReason.MissingField, "occurred_at")]
    [InlineData("99999999999,10.0.0.1,10.0.0.2,5", RejectReason.OutOfRange, "occurred_at")]
    [InlineData("2019/13/04 16:30:10,10.0.0.1,10.0.0.2,5", RejectReason.OutOfRange, "occurred_at")]
    public void Decode_Wrong_NamesTheField(string values, RejectReason reason, string field)
    {
        DecodedRecord decoded = Decode("ts,source_ip,destination_ip,bytes_out", values);

        Assert.Equal((reason, field), (decoded.Rejected!.Reason, decoded.Rejected.Field));
        Assert.Contains("net.csv line 7", decoded.Rejected.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_OtherEveRecords_SaysWhatIsTaken() => Assert.Equal(
        RejectReason.UnknownValue, Decode("timestamp,event_type,src_ip,dest_ip", "2021-06-06T15:59:46Z,http,10.0.0.1,10.0.0.2").Rejected!.Reason);

    [Fact]
    public void Decode_AnyTexts_GivesAnEventOrAReason()
    {
        string[] names = ZeekNames.Split(',');
        Gen<string> cell = Gen.OneOf(Gen.String[0, 12], Gen.Const("-"), Gen.Const("10.0.0.1"), Gen.Const("::1"), Gen.Const("1655070878.7"), Gen.Const("icmp"), Gen.Const("1e300"), Gen.Int.Select(static number => $"{number}"));
        cell.Array[names.Length].Sample(cells =>
        {
            DecodedRecord decoded = Decode(names, cells);
            Assert.True(decoded.IsEvent || decoded.Rejected.Message.Length > 0);
        });
    }

    private static NetworkFlow Flow(DecodedRecord decoded)
    {
        Assert.True(decoded.IsEvent, decoded.Rejected?.Message);
        return Assert.IsType<NetworkFlow>(decoded.Event);
    }

    private static DecodedRecord Decode(string names, string values) => Decode(names.Split(','), values.Split(','));

    private static DecodedRecord Decode(string[] names, string[] values)
    {
        var decoder = new NetworkDecoder();
        Assert.Equal(names.Length, values.Length);
        var text = new List<byte>();
        var columns = new List<FieldRange>();
        foreach (string value in values)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(value);
            columns.Add(new FieldRange(text.Count, bytes.Length));
            text.AddRange(bytes);
        }

        Assert.True(FieldMap.Automatic(decoder.Schema).TryBind(names, out FieldBinding? binding, out string? error), error);
        byte[] all = [.. text];
        return decoder.Decode(new RecordFields(all, all, columns.ToArray(), binding, RecordPosition.OfLine("net.csv", 7)));
    }
}
