using System.Globalization;
using Ecart.Domains.Network;
using Ecart.Domains.UserBehavior;
using Ecart.Simulation;

namespace Ecart.App.Tests.Programs;

/// <summary>A simulated stream as a CSV file with its truth.</summary>
internal static class SimulatedFile
{
    public static void Write(string path, TransactionSimulatorOptions world) => Write(
        path,
        "uid,account,occurred_at,amount,merchant,category,channel,country,latitude,longitude,device,ip,label",
        new TransactionSimulator(world).Generate().Select(static simulated =>
        {
            Ecart.Domains.Transactions.TransactionEvent transaction = simulated.Event;
            return new[]
            {
                transaction.EventUid,
                transaction.AccountId,
                Time(transaction.OccurredAt),
                transaction.Amount.ToString(CultureInfo.InvariantCulture),
                transaction.MerchantId,
                transaction.MerchantCategory,
                transaction.Channel.ToString().ToLowerInvariant(),
                transaction.Country,
                Number(transaction.Latitude),
                Number(transaction.Longitude),
                transaction.DeviceId,
                transaction.IpAddress,
                simulated.IsFraud ? "1" : "0",
            };
        }));

    public static void Write(string path, NetworkSimulatorOptions world) => Write(
        path,
        "uid,occurred_at,source_ip,source_port,destination_ip,destination_port,protocol,duration,bytes_out,bytes_in,packets_out,packets_in,state,label",
        new NetworkSimulator(world).Generate().Where(static simulated => simulated.Event.Kind == NetworkRecordKind.Flow).Select(static simulated =>
        {
            NetworkFlow flow = simulated.Event;
            return new[]
            {
                flow.EventUid,
                Time(flow.OccurredAt),
                flow.SourceAddress,
                Number(flow.SourcePort),
                flow.DestinationAddress,
                Number(flow.DestinationPort),
                flow.Protocol.ToString().ToLowerInvariant(),
                Number(flow.DurationSeconds),
                Number(flow.BytesOut),
                Number(flow.BytesIn),
                Number(flow.PacketsOut),
                Number(flow.PacketsIn),
                flow.State switch
                {
                    ConnectionState.NoAnswer => "S0",
                    ConnectionState.Rejected => "REJ",
                    ConnectionState.Reset => "RSTO",
                    ConnectionState.Open => "S1",
                    _ => "SF",
                },
                simulated.Truth == NetworkThreat.None ? "0" : "1",
            };
        }));

    public static void Write(string path, UserBehaviorSimulatorOptions world) => Write(
        path,
        "uid,occurred_at,user,event_type,resource,outcome,source_ip,device,country,latitude,longitude,role,label",
        new UserBehaviorSimulator(world).Generate().Select(static simulated =>
        {
            UserBehaviorEvent action = simulated.Event;
            return new[]
            {
                action.EventUid,
                Time(action.OccurredAt),
                action.UserId,
                action.EventType,
                action.Resource,
                action.Outcome == ActionOutcome.Unknown ? "" : action.Outcome.ToString().ToLowerInvariant(),
                action.SourceIp,
                action.DeviceId,
                action.Country,
                Number(action.Latitude),
                Number(action.Longitude),
                action.Role,
                simulated.Truth == UserThreatKind.None ? "0" : "1",
            };
        }));

    /// <summary>Cuts a file into parts, each with the heading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shares">Where each part but the last ends, of the lines.</param>
    public static string[] Split(string path, params double[] shares)
    {
        string[] lines = File.ReadAllLines(path);
        int[] bounds = [1, .. shares.Select(share => (int)(lines.Length * share)), lines.Length];
        return [.. Enumerable.Range(0, bounds.Length - 1).Select(part =>
        {
            string name = $"{Path.ChangeExtension(path, null)}-{part}.csv";
            File.WriteAllLines(name, [lines[0], .. lines[bounds[part]..bounds[part + 1]]]);
            return name;
        })];
    }

    private static void Write(string path, string heading, IEnumerable<string?[]> rows)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        writer.WriteLine(heading);
        foreach (string?[] row in rows) writer.WriteLine(string.Join(',', row));
    }

    private static string Time(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString(CultureInfo.InvariantCulture);
}
