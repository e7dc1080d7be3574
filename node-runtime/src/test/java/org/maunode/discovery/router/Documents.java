package org.maunode.discovery.router;

/** What routers write, as XML. */
final class Documents {
    private Documents() {}

    static String description(String type, String control) {
        return """
                <?xml version="1.0"?>
                <root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major><minor>0</minor></specVersion>
                <device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType>
                <friendlyName>A &amp; B's router</friendlyName><!-- the root has no service for us -->
                <serviceList><service><serviceType>urn:schemas-upnp-org:service:Layer3Forwarding:1</serviceType>
                <controlURL>/ctl/L3F</controlURL></service></serviceList>
                <deviceList><device><deviceList><device><serviceList>
                <service><serviceType>%s</serviceType><serviceId>urn:upnp-org:serviceId:WANIPConn1</serviceId>
                <SCPDURL>/WANIPCn.xml</SCPDURL><controlURL>%s</controlURL><eventSubURL>/evt/IPConn</eventSubURL></service>
                </serviceList></device></deviceList></device></deviceList></device></root>
                """
                .formatted(type, control);
    }

    static String soap(String body) {
        return "<?xml version=\"1.0\"?>\n<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" "
                + "s:encodingStyle='http://schemas.xmlsoap.org/soap/encoding/'><s:Body>" + body
                + "</s:Body></s:Envelope>\r\n";
    }

    static String fault(int code) {
        return soap("<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>"
                + "<UPnPError xmlns=\"urn:schemas-upnp-org:control-1-0\"><errorCode>" + code
                + "</errorCode><errorDescription>words</errorDescription></UPnPError></detail></s:Fault>");
    }
}
