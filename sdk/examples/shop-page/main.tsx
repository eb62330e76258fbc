import { createClient } from "@bodega/sdk";
import { createRoot } from "react-dom/client";
import { ShopPage } from "./shop-page.tsx";

const place = document.getElementById("shop");
if (place !== null) createRoot(place).render(<ShopPage client={createClient()} />);
