using System.Globalization;
using Ecart.Domains.Network;
using Ecart.Simulation;

namespace Ecart.Bench.Network;

/// <summary>A simulated connection log as Zeek writes it.</summary>
internal static class FlowLog
{
    private const string Fields =
        "#separator \\x09\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\tconn_state\tlocal_orig\tlocal_resp"
        + "\tmissed_bytes\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\ttunnel_parents";

    /// <summary>Writes the first connections of a simulated network.</summary>
    /// <returns>How many were written.</returns>
    public static int Write(string path, int flows)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        writer.WriteLine(Fields);
        int written = 0;
        var options = new NetworkSimulatorOptions { Workstations = 200, Devices = 50, Days = 365, IncidentsPerDay = 1 };
        foreach (SimulatedFlow simulated in new NetworkSimulator(options).Generate())
        {
            if (simulated.Event.Kind != NetworkRecordKind.Flow) continue;
            Write(writer, simulated.Event);
            if (++written == flows) break;
        }

        return written;
    }

    private static void Write(StreamWriter writer, NetworkFlow flow)
    {
        string state = flow.State switch
        {
            ConnectionState.NoAnswer => "S0",
            ConnectionState.Rejected => "REJ",
            ConnectionState.Reset => "RSTO",
            _ => "SF",
        };
        string history = state == "SF" ? "ShADadFf" : "S";
        double seconds = (flow.OccurredAt - DateTime.UnixEpoch).TotalSeconds;
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{seconds:F6}\t{flow.EventUid}\t{flow.SourceAddress}\t{flow.SourcePort}\t{flow.DestinationAddress}\t{flow.DestinationPort}"
            + $"\t{(flow.Protocol == NetworkProtocol.Udp ? "udp" : "tcp")}\t{flow.Service ?? "-"}\t{flow.DurationSeconds:F6}\t{flow.BytesOut}\t{flow.BytesIn}\t{state}\tT\tF"
            + $"\t0\t{history}\t{flow.PacketsOut}\t{flow.BytesOut + (40 * flow.PacketsOut)}\t{flow.PacketsIn}\t{flow.BytesIn + (40 * flow.PacketsIn)}\t(empty)"));
    }
}
